import type { Good } from '../goods/build-good.ts';
import type { Vec3 } from '../mesh/mesh.ts';
import type { Random } from '../random.ts';
import type { Actor } from '../render/scene.ts';
import type { Range } from './groups.ts';
import { SHARP } from './places/setting.ts';
import { type Pose, posed } from './poses.ts';
import { besides } from './real-size.ts';

/** Actors of a good (named by `id`) and of what holds it. */
export function goodActors(
  good: Good,
  how: { id: number; pose: Pose; yaw: number; scale?: number; to?: Vec3 },
): Actor[] {
  const { id, pose, yaw, scale = 1, to = [0, 0, 0] } = how;
  const { parts, at, props } = posed(good, pose, { yaw, scale, to });
  const actors: Actor[] = [{ parts, place: at, id, casts: true }];
  if (props.length > 0) actors.push({ parts: props, place: at, id: SHARP, casts: true });
  return actors;
}

/** Goods side by side in a row, the wanted one at a place of its own; touching now and then, never in one another. */
export function inARow(
  goods: readonly Good[],
  how: { r: Random; poses: readonly Pose[]; turn: Range; gap: Range; depth: number; centred: boolean },
): Actor[] {
  const { r, poses, turn, gap, depth, centred } = how;
  const [main] = goods;
  if (!main) return [];
  const set = goods.map((good, i) => {
    const scale = i === 0 ? 1 : besides(good, main);
    const yaw = r.pick([-1, 1]) * r.between(...turn);
    const pose = poses[i] ?? 'standing';
    return {
      good,
      id: i + 1,
      pose,
      yaw,
      scale,
      reach: posed(good, pose, { yaw, scale, to: [0, 0, 0] }).reach,
    };
  });
  // The wanted one is not always the first from the left; `centred` keeps others on both sides of it.
  const order = [...set.slice(1)];
  order.splice(
    centred ? Math.floor(order.length / 2) : r.int(order.length + 1),
    0,
    set[0] as (typeof set)[number],
  );
  const actors: Actor[] = [];
  let x = 0;
  let origin = 0;
  const placed = order.map((each) => {
    const at = x + each.reach[0];
    x = at + each.reach[0] + r.between(...gap);
    if (each.id === 1) origin = at;
    return { ...each, at };
  });
  for (const { good, id, pose, yaw, scale, at } of placed) {
    const y = id === 1 ? 0 : r.between(-depth, depth);
    actors.push(...goodActors(good, { id, pose, yaw, scale, to: [at - origin, y, 0] }));
  }
  return actors;
}
