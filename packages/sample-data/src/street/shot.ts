import type { Good } from '../goods/build-good.ts';
import { standing } from '../goods/stand.ts';
import type { Vec3 } from '../mesh/mesh.ts';
import type { Random } from '../random.ts';
import type { Actor, Camera, Scene } from '../render/scene.ts';
import { goodActors, inARow } from './arrangement.ts';
import { wornBy } from './bodies/worn.ts';
import { clutter } from './clutter.ts';
import { framed, pointsOf } from './framing.ts';
import { GROUP_HOW, type Range, type StreetGroup } from './groups.ts';
import { lightOf } from './lighting.ts';
import { occluderOf } from './occluders.ts';
import { pickPlace } from './places/pick-place.ts';
import { isGood, type Setting, SHARP } from './places/setting.ts';
import { LIFT, type Pose, poseOf } from './poses.ts';
import { isGarment, metresOf } from './real-size.ts';

/** A scene ready to render: goods have ids 1, 2 … in their order. */
export type Shot = {
  scene: Scene;
  setting: Setting;
  goods: Actor[];
  /** Least share of the wanted good that the final frame must show. */
  least: number;
};
export type ShotHow = { r: Random; group: StreetGroup; width: number; height: number };
/** What is in front of the camera, before the place is built round it. */
type Subject = {
  /** Goods and what holds them. */
  actors: Actor[];
  pose: Pose | 'worn' | 'shelf';
  drop: number;
  /** Height in the frame where the middle of the wanted good should lie. */
  aim: number;
};

/**
 * Composes one photo of all `goods` (on a shelf: no garment beside another good); null when the good cannot be seen as the
 * group asks (the caller draws again).
 */
export async function composeShot(goods: readonly Good[], how: ShotHow): Promise<Shot | null> {
  const { r, group, width, height } = how;
  const table = GROUP_HOW[group];
  const [main] = goods;
  const metre = 1 / metresOf(main);
  const subject = subjectOf(goods, how);
  const setting = await pickPlace({
    r,
    metre,
    drop: subject.drop,
    span: spanOf(subject) / metre,
    pose: subject.pose,
    main,
    group,
  });
  const mine = subject.actors.filter((actor) => isGood(actor.id));
  const framedBy = group === 'several' ? mine : mine.filter((actor) => actor.id === 1);
  const camera = cameraOf(framedBy, subject, { ...how, metre });
  const actors = [...setting.actors, ...subject.actors];
  const busy = Math.round(r.between(...table.clutter));
  if (setting.room.half > 0)
    actors.push(...clutter({ r, setting, metre, count: busy, clear: footprint(subject), camera }));
  if (group === 'occluded' && main) {
    const [actor] = mine;
    const before = actor
      ? occluderOf({
          r,
          actor,
          camera,
          width,
          height,
          seen: table.seen,
          metre,
          approach:
            subject.pose === 'flat' || subject.pose === 'propped'
              ? 'above'
              : subject.pose === 'hung' && !setting.outdoors
                ? 'above'
                : setting.outdoors
                  ? 'outside'
                  : 'level',
        })
      : null;
    if (!before) return null;
    actors.push(before);
  }
  const light = lightOf(r, {
    mood: table.mood,
    outdoors: setting.outdoors,
    frontal: setting.frontal ?? false,
    backdrop: setting.backdrop,
  });
  return { scene: { actors, camera, light }, setting, goods: mine, least: table.seen[0] * 0.92 };
}

function subjectOf(goods: readonly Good[], how: ShotHow): Subject {
  const { r, group } = how;
  const table = GROUP_HOW[group];
  const [main] = goods;
  if (!main) return { actors: [], pose: 'standing', drop: 0, aim: 0.55 };
  const yaw = r.pick([-1, 1]) * r.between(...table.turn);
  if (group === 'worn') {
    const worn = wornBy(main, r);
    const at = standing(main, { yaw: (yaw * Math.PI) / 180 });
    return {
      actors: [
        { parts: [...main.parts, ...worn.more], place: at, id: 1, casts: true },
        { parts: worn.body, place: at, id: SHARP, casts: true },
      ],
      pose: 'worn',
      drop: worn.drop,
      aim: worn.aim,
    };
  }
  if (group === 'shelf' && !isGarment(main)) {
    const poses = goods.map((): Pose => 'standing');
    return {
      actors: inARow(goods, { r, poses, turn: table.turn, gap: [0.02, 0.14], depth: 0.04, centred: true }),
      pose: 'shelf',
      drop: 0,
      aim: r.between(0.46, 0.56),
    };
  }
  if (group === 'shelf') {
    const drop = r.between(0.5, 0.9);
    return { actors: goodActors(main, { id: 1, pose: 'hung', yaw }), pose: 'hung', drop, aim: 0.52 };
  }
  if (group === 'several' && goods.length > 1) {
    const lying = goods.some(isGarment);
    const poses = goods.map(
      (good): Pose =>
        isGarment(good) || (lying && good.spec.kind === 'watch')
          ? 'flat'
          : good.spec.kind === 'watch'
            ? 'propped'
            : 'standing',
    );
    return {
      actors: inARow(goods, {
        r,
        poses,
        turn: table.turn,
        gap: [0.03, 0.16],
        depth: lying ? 0.12 : 0.2,
        centred: false,
      }),
      pose: lying ? 'flat' : 'standing',
      drop: 0,
      aim: 0.52,
    };
  }
  const pose = poseOf(main, r);
  return {
    actors: goodActors(main, { id: 1, pose, yaw }),
    pose,
    drop: pose === 'hung' ? r.between(0.45, 0.95) : 0,
    aim: 0.52,
  };
}

function cameraOf(framedBy: readonly Actor[], subject: Subject, how: ShotHow & { metre: number }): Camera {
  const { r, group, width, height, metre } = how;
  const table = GROUP_HOW[group];
  const sign = (): number => r.pick([-1, 1]);
  const base: Range = LIFT[subject.pose];
  const several = group === 'several';
  const points = framedBy.length > 0 ? pointsOf(framedBy) : NOTHING;
  const off = table.off;
  return framed(points, {
    lift: Math.min(80, r.between(...base) + r.between(...table.lift)),
    turn: sign() * r.between(0, Math.max(6, table.turn[1] * 0.5)),
    roll: sign() * r.between(...table.roll),
    focal: r.between(...table.focal),
    share: several ? Math.min(1.1, r.between(...table.share) * 2.3) : r.between(...table.share),
    at: [0.5 + r.between(-off, off), subject.aim + r.between(-off, off) * 0.6],
    floor: (subject.pose === 'worn' || subject.pose === 'hung' ? -subject.drop * metre : 0) + 0.1,
    width,
    height,
  });
}

/** Width that the goods take together, units of the scene. */
function spanOf(subject: Subject): number {
  const xs = pointsOf(subject.actors.filter((actor) => isGood(actor.id))).map(([x]) => x);
  return xs.reduce((most, x) => Math.max(most, 2 * Math.abs(x)), 0);
}

/** What a photo of nothing for sale looks at: a spot of the ground and the things round it. */
const NOTHING: Vec3[] = [
  [-0.5, -0.3, 0],
  [0.5, 0.4, 0.5],
];

/** Half width and half depth round the origin that must stay free of clutter: as far as any good reaches. */
function footprint(subject: Subject): readonly [number, number] {
  if (subject.pose === 'hung') return [0.6, 0.3];
  const points = pointsOf(subject.actors.filter((actor) => isGood(actor.id)));
  const reach = (axis: 0 | 1): number => points.reduce((most, p) => Math.max(most, Math.abs(p[axis])), 0);
  return points.length > 0 ? [reach(0) + 0.05, reach(1)] : [0, 0];
}
