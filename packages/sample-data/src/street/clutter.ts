import type { Random } from '../random.ts';
import { axesOf } from '../render/camera.ts';
import type { Actor, Camera } from '../render/scene.ts';
import { inMetres, type Setting } from './places/setting.ts';
import { THINGS } from './props/small-things.ts';

/**
 * Small things that lie about where the camera looks: beside and behind the good, never between it and the camera.
 * `clear` is the half width and half depth that the good needs, units of the scene.
 */
export function clutter(how: {
  r: Random;
  setting: Setting;
  metre: number;
  count: number;
  clear: readonly [number, number];
  camera: Camera;
}): Actor[] {
  const { r, setting, metre, count, clear, camera } = how;
  const things = THINGS[setting.ground];
  const { right } = axesOf({ ...camera, roll: 0 });
  // What the frame shows beside the good, so that things are not spread over a whole street.
  const shown = Math.hypot(...camera.eye) / camera.focal / metre;
  const half = Math.min(setting.room.half, Math.max(0.16, shown * 0.75));
  const far = Math.min(setting.room.far, Math.max(0.16, shown * 0.9));
  const taken: [number, number, number][] = [];
  const actors: Actor[] = [];
  for (let tries = 0; actors.length < count && tries < count * 6; tries++) {
    const side = r.pick([-1, 1]);
    const beside = r.chance(0.5);
    const out = clear[0] / metre + 0.08;
    const along = beside ? side * r.between(out, out + half) : r.between(-half, half);
    const y = beside
      ? r.between(-0.05, far)
      : r.between(clear[1] / metre + 0.12, clear[1] / metre + 0.12 + far);
    const x = along * Math.abs(right[0] as number);
    if (y > setting.room.far + 0.15 || Math.abs(x) > setting.room.half + 0.1) continue;
    const space = 0.11;
    if (taken.some(([tx, ty, s]) => Math.hypot(tx - x, ty - y) < s + space)) continue;
    taken.push([x, y, space]);
    actors.push(
      inMetres(r.pick(things)(r), {
        metre,
        to: [x, y, setting.level ?? 0],
        yaw: r.between(0, 6.28),
        casts: true,
      }),
    );
  }
  return actors;
}
