import { cross, minus, unit, type Vec3 } from '../mesh/mesh.ts';
import type { Camera } from './scene.ts';

/** Right, up and forward of a camera, rolled. */
export function axesOf(camera: Camera): { right: Vec3; up: Vec3; forward: Vec3 } {
  const forward = unit(minus(camera.target, camera.eye));
  const right = unit(cross(forward, Math.abs(forward[2]) > 0.999 ? [0, 1, 0] : [0, 0, 1]));
  const up = cross(right, forward);
  const [c, s] = [Math.cos(camera.roll), Math.sin(camera.roll)];
  const turned = (a: Vec3, b: Vec3, by: number): Vec3 => [
    a[0] * c + b[0] * by,
    a[1] * c + b[1] * by,
    a[2] * c + b[2] * by,
  ];
  return { right: turned(right, up, s), up: turned(up, right, -s), forward };
}
