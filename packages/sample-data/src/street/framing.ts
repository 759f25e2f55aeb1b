import type { Vec3 } from '../mesh/mesh.ts';
import { moved } from '../mesh/place.ts';
import { axesOf } from '../render/camera.ts';
import type { Actor, Camera } from '../render/scene.ts';

const DEGREE = Math.PI / 180;
/** Every n-th vertex is enough to know how large something appears. */
const STRIDE = 4;
/** Nothing that is framed may come nearer to the frame's edges, share of it. */
const MARGIN = 0.96;

export type FramingHow = {
  /** Degrees: above the horizon, round the subject, and of roll. */
  lift: number;
  turn: number;
  roll: number;
  focal: number;
  /** Longer side of the subject's box over the frame's shorter side. */
  share: number;
  /** Where the middle of its box lies, shares of the frame. */
  at: readonly [number, number];
  /** The eye stays above this height. */
  floor: number;
  width: number;
  height: number;
};

/** World points of some actors. */
export function pointsOf(actors: readonly Actor[]): Vec3[] {
  const points: Vec3[] = [];
  for (const { parts, place } of actors)
    for (const { mesh } of parts)
      for (let i = 0; i < mesh.positions.length; i += 3 * STRIDE)
        points.push(
          moved(place, [
            mesh.positions[i] as number,
            mesh.positions[i + 1] as number,
            mesh.positions[i + 2] as number,
          ]),
        );
  return points;
}

/** Box that points fill in a picture, as shares of it; may reach beyond 0..1. */
export function extentOf(
  points: readonly Vec3[],
  camera: Camera,
  width: number,
  height: number,
): [number, number, number, number] {
  const { right, up, forward } = axesOf(camera);
  const along = (axis: readonly number[], p: Vec3): number =>
    (p[0] - camera.eye[0]) * (axis[0] as number) +
    (p[1] - camera.eye[1]) * (axis[1] as number) +
    (p[2] - camera.eye[2]) * (axis[2] as number);
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const p of points) {
    const depth = Math.max(0.02, along(forward, p));
    const x = 0.5 + (camera.focal * height * along(right, p)) / depth / width;
    const y = 0.5 - (camera.focal * along(up, p)) / depth;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** A camera that shows the points as large and where wanted. */
export function framed(points: readonly Vec3[], how: FramingHow): Camera {
  const { lift, turn, roll, focal, share, at, floor, width, height } = how;
  const [a, b] = [turn * DEGREE, lift * DEGREE];
  const middle = [0, 1, 2].map((n) => {
    let [low, high] = [Infinity, -Infinity];
    for (const p of points) {
      low = Math.min(low, p[n] as number);
      high = Math.max(high, p[n] as number);
    }
    return (low + high) / 2;
  }) as unknown as Vec3;
  let target = middle;
  let distance = focal / share + 0.3;
  let camera: Camera = { eye: [0, -1, 0], target, focal, roll: roll * DEGREE };
  for (let round = 0; round < 5; round++) {
    const eye: Vec3 = [
      target[0] + distance * Math.sin(a) * Math.cos(b),
      target[1] - distance * Math.cos(a) * Math.cos(b),
      Math.max(floor, target[2] + distance * Math.sin(b)),
    ];
    camera = { eye, target, focal, roll: roll * DEGREE };
    const [x0, y0, x1, y1] = extentOf(points, camera, width, height);
    if (round === 4) break;
    const longer = Math.max((x1 - x0) * width, (y1 - y0) * height);
    const wanted = Math.min(share * Math.min(width, height), (MARGIN * longer) / Math.max(x1 - x0, y1 - y0));
    distance = Math.max(0.45, distance * (longer / wanted));
    const { right, up } = axesOf(camera);
    const dx = ((x0 + x1) / 2 - at[0]) * (width / height) * (distance / focal);
    const dy = -((y0 + y1) / 2 - at[1]) * (distance / focal);
    target = [0, 1, 2].map(
      (n) => (target[n] as number) + (right[n] as number) * dx + (up[n] as number) * dy,
    ) as unknown as Vec3;
  }
  return camera;
}
