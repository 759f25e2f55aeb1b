import type { Box } from '@likeness/contracts/box';
import type { Good } from '../goods/build-good.ts';
import { Random } from '../random.ts';
import { type Frame, render } from '../render/render.ts';
import { boxesOf, type Seen } from './boxes.ts';
import { GROUP_HOW, LEAST_OF_FRAME, LEAST_SEEN, type StreetGroup } from './groups.ts';
import { exposed } from './optics.ts';
import { isGarment } from './real-size.ts';
import { rehearsalSize, wholeArea } from './rehearsal.ts';
import { inAnApp, PHOTO_IN_APP } from './screenshot.ts';
import { composeShot, type Shot } from './shot.ts';

export type StreetTruth = { productId: string; variantId: string; box: Box };
export type StreetPhoto = {
  jpeg: Buffer;
  /** Products in the picture with the boxes of what can be seen of them, the wanted one first; empty for `none`. */
  truth: StreetTruth[];
};
/** Shots drawn until one shows the wanted good as its group asks. */
const TRIES = 8;

/** A shopper's photo: `goods[0]` is the wanted one. The same input gives the same bytes. Longer side `size` px. */
export async function renderStreetPhoto(
  goods: readonly Good[],
  how: { seed: string; group: StreetGroup; size: number },
): Promise<StreetPhoto> {
  const { frame, seen, shot, shown, r } = await takeFrame(goods, how);
  const group = GROUP_HOW[how.group];
  const truth = seen.flatMap(({ id, box }): StreetTruth[] => {
    const good = shown[id - 1];
    return good ? [{ productId: good.spec.productId, variantId: good.variant.variantId, box }] : [];
  });
  const jpeg = await exposed(frame, { r, group, blur: shot.setting.blur });
  return how.group === 'screenshot'
    ? inAnApp(jpeg, truth, { r, frame, quality: group.quality })
    : { jpeg, truth };
}

/** The frame behind a photo, before lens and sensor: what tests compare the truth with. */
export async function takeFrame(
  goods: readonly Good[],
  how: { seed: string; group: StreetGroup; size: number },
): Promise<{ frame: Frame; seen: Seen[]; shot: Shot; shown: readonly Good[]; r: Random }> {
  const { group } = how;
  const shown = shownIn(goods, group);
  for (let attempt = 0; ; attempt++) {
    const r = new Random('street', how.seed, group, attempt);
    const { width, height } = frameSize(r, how);
    const shot = await composeShot(shown, { r, group, width, height });
    if (!shot) {
      if (attempt < TRIES) continue;
      throw new Error(`no shot of ${shown[0]?.spec.productId} as ${group} after ${TRIES} tries`);
    }
    const frame = render(shot.scene, width, height);
    const { seen, clear } = listed(frame, shot);
    const enough =
      shown.length === 0 ||
      (clear.includes(1) && (group !== 'several' || clear.length > 1 || shown.length < 2));
    if (enough || attempt >= TRIES) return { frame, seen, shot, shown, r };
  }
}

/** Which goods a photo shows, by id − 1: none, all, or what can stand on the board of a shelf (a garment hangs alone). */
function shownIn(goods: readonly Good[], group: StreetGroup): readonly Good[] {
  if (group === 'none') return [];
  const [main] = goods;
  if (group !== 'shelf' || !main) return goods;
  return goods.filter((good) => good === main || !(isGarment(main) || isGarment(good)));
}

function frameSize(r: Random, how: { group: StreetGroup; size: number }): { width: number; height: number } {
  if (how.group === 'screenshot') {
    const width = Math.max(32, Math.round(how.size * PHOTO_IN_APP.width));
    return { width, height: Math.round(width / PHOTO_IN_APP.ratio) };
  }
  const ratio = r.pick([0.75, 1, 4 / 3]);
  const shorter = Math.max(32, Math.round(how.size * Math.min(ratio, 1 / ratio)));
  return ratio >= 1 ? { width: how.size, height: shorter } : { width: shorter, height: how.size };
}

/**
 * Goods of which a person sees something: a fair part of the good, or a piece that takes a fair part of the frame. Of
 * those the ids that are `clear`: the wanted one as much as its group asks, others as much as `LEAST_SEEN`.
 */
function listed(frame: Frame, shot: Shot): { seen: Seen[]; clear: number[] } {
  const size = rehearsalSize(frame.width, frame.height);
  const by = (size.width * size.height) / (frame.width * frame.height);
  const clear: number[] = [];
  const seen = boxesOf(frame, shot.goods.length).filter(({ id, pixels }) => {
    const actor = shot.goods.find((each) => each.id === id);
    if (!actor) return false;
    const share = (pixels * by) / Math.max(1, wholeArea(actor, shot.scene.camera, size));
    if (share >= (id === 1 ? Math.max(LEAST_SEEN, shot.least) : LEAST_SEEN)) clear.push(id);
    return share >= LEAST_SEEN || pixels >= LEAST_OF_FRAME * frame.width * frame.height;
  });
  return { seen, clear };
}
