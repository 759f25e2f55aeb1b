import type { Good } from '../goods/build-good.ts';
import { add, times, type Vec3 } from '../mesh/mesh.ts';
import { moved, type Placement } from '../mesh/place.ts';
import { axesOf } from '../render/camera.ts';
import type { Camera } from '../render/scene.ts';

const ROUNDS = 3;

/**
 * A camera in direction `toward` (from the good to the eye) whose square picture holds the whole good in its middle:
 * its longer side takes `share` of the picture. Depends on the shape alone, not on colours or marks.
 */
export function frameGood(
  good: Good,
  at: Placement,
  how: { toward: Vec3; focal: number; share: number },
): Camera {
  const points = pointsOf(good, at);
  let target: Vec3 = [0, 0, 0.4];
  let distance = how.focal * 2;
  const camera = (): Camera => ({
    eye: add(target, times(how.toward, distance)),
    target,
    focal: how.focal,
    roll: 0,
  });
  for (let round = 0; round < ROUNDS; round++) {
    const { middle, size } = extent(points, camera());
    const { right, up } = axesOf(camera());
    const scale = distance / how.focal;
    target = add(target, add(times(right, middle[0] * scale), times(up, middle[1] * scale)));
    distance *= size / how.share;
  }
  return camera();
}

function pointsOf(good: Good, at: Placement): Vec3[] {
  return good.parts.flatMap(({ mesh }) => {
    const { positions: p } = mesh;
    return Array.from({ length: p.length / 3 }, (_, i) =>
      moved(at, [p[i * 3] as number, p[i * 3 + 1] as number, p[i * 3 + 2] as number]),
    );
  });
}

/** Middle (from the picture's middle, up is positive) and longer side of what is seen, in heights of the picture. */
function extent(points: readonly Vec3[], camera: Camera): { middle: [number, number]; size: number } {
  const { right, up, forward } = axesOf(camera);
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const along = (p: Vec3, axis: readonly number[]): number =>
    (p[0] - camera.eye[0]) * (axis[0] as number) +
    (p[1] - camera.eye[1]) * (axis[1] as number) +
    (p[2] - camera.eye[2]) * (axis[2] as number);
  for (const p of points) {
    const scale = camera.focal / along(p, forward);
    [along(p, right) * scale, along(p, up) * scale].forEach((value, i) => {
      low[i] = Math.min(low[i] as number, value);
      high[i] = Math.max(high[i] as number, value);
    });
  }
  const [left, bottom, r, top] = [low[0], low[1], high[0], high[1]] as [number, number, number, number];
  return { middle: [(left + r) / 2, (bottom + top) / 2], size: Math.max(r - left, top - bottom) };
}
