import type { Kind } from '../../catalog/kinds.ts';
import type { Good } from '../../goods/build-good.ts';
import { sizeOf } from '../../goods/stand.ts';
import type { Random } from '../../random.ts';
import type { StreetGroup } from '../groups.ts';
import type { Pose } from '../poses.ts';
import { metresOf } from '../real-size.ts';
import { bed } from './bed.ts';
import { hallWall, room } from './room.ts';
import type { PlaceHow, Setting } from './setting.ts';
import { clothesRail, shelves } from './shop.ts';
import { outerWall, park, street } from './street.ts';
import { tabletop } from './tabletop.ts';

type Place = (how: PlaceHow) => Setting;

/** Where a kind of good is photographed when it stands there by itself. */
const STANDING: Record<Kind, readonly Place[]> = {
  sneaker: [room, street, street, park, room],
  boot: [room, street, street, park, room],
  shirt: [bed, room],
  coat: [bed, room],
  trousers: [bed, room],
  dress: [bed, room],
  hat: [tabletop, room, bed, park],
  bag: [room, street, park, tabletop, bed],
  watch: [tabletop, tabletop, bed],
  carton: [tabletop],
  bottle: [tabletop, tabletop, park],
  can: [tabletop, tabletop, park],
  pouch: [tabletop, tabletop, park],
};
const WORN: readonly Place[] = [street, street, park, room];
const EMPTY: readonly Place[] = [room, street, park, tabletop, bed];

/** The place of a photo, by the good's kind and what is done with it. */
export async function pickPlace(
  how: PlaceHow & { pose: Pose | 'worn' | 'shelf'; main: Good | undefined; group: StreetGroup; r: Random },
): Promise<Setting> {
  const { r, pose, main, group } = how;
  if (!main) return r.pick(EMPTY)(how);
  if (pose === 'shelf')
    return shelves(how, metresOf(main) * Math.max(1, sizeOf(main)[2]) * r.between(1.25, 1.5));
  if (group === 'shelf') return clothesRail(how, metresOf(main) * (sizeOf(main)[2] + 0.14));
  if (pose === 'worn') return r.pick(WORN)(how);
  if (pose === 'hung') return r.pick([hallWall, hallWall, outerWall])(how);
  // What lies in a wide row needs a wide level.
  if (group === 'several') {
    const small = how.span < 1.2 && metresOf(main) < 0.35;
    const wide: Place[] =
      pose === 'flat'
        ? how.span < 1.6
          ? [bed, room]
          : [room]
        : small
          ? [tabletop, room, park]
          : [room, street, park];
    return r.pick(wide)(how);
  }
  if (pose === 'flat') return r.pick(main.spec.kind === 'watch' ? [tabletop, bed] : [bed, bed, room])(how);
  return r.pick(STANDING[main.spec.kind])(how);
}
