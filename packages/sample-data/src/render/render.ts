import { geometryOf } from './geometry.ts';
import { occlusionOf } from './occlusion.ts';
import { rasterise } from './rasterise.ts';
import type { Scene } from './scene.ts';
import { shade } from './shade.ts';
import { shadowOf } from './shadow.ts';

/** A rendered scene: sRGB bytes, the actor's id at each pixel (0 = scenery), and where siblings may differ (1). */
export type Frame = { width: number; height: number; rgb: Uint8Array; mask: Uint16Array; detail: Uint8Array };

/** Renders a scene on the CPU; the same scene gives the same bytes on every machine and thread. */
export function render(scene: Scene, width: number, height: number): Frame {
  const all = geometryOf(scene.actors, scene.camera, width, height);
  const seen = rasterise(all, width, height);
  const shadow = shadowOf(all, scene.light.key.from, scene.light.key.soft);
  const open = occlusionOf(all, seen, scene.camera, 0.09);
  const detail = new Uint8Array(width * height);
  const rgb = shade(scene, all, { seen, shadow, open }, detail);
  const mask = new Uint16Array(width * height);
  for (let at = 0; at < mask.length; at++) {
    const t = seen.triangle[at] as number;
    if (t >= 0) mask[at] = all.actorOf[t] as number;
  }
  return { width, height, rgb, mask, detail };
}
