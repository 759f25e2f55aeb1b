import { backdropRows } from './backdrop.ts';
import { bordersOf } from './borders.ts';
import { geometryOf } from './geometry.ts';
import { opennessOf } from './occlusion.ts';
import { rasterise } from './rasterise.ts';
import { resolve } from './resolve.ts';
import type { Scene } from './scene.ts';
import { shade } from './shade.ts';
import { shadowMapOf } from './shadow-map.ts';

/** A rendered scene: sRGB bytes, the actor's id at each pixel (0 = scenery), and where siblings may differ (1). */
export type Frame = { width: number; height: number; rgb: Uint8Array; mask: Uint16Array; detail: Uint8Array };

/** How far around a place things close it in, in the world's units. */
const CLOSE = 0.09;

/** Renders a scene on the CPU; the same scene gives the same bytes on every machine and thread. */
export function render(scene: Scene, width: number, height: number): Frame {
  const frame: Frame = {
    width,
    height,
    rgb: new Uint8Array(width * height * 3),
    mask: new Uint16Array(width * height),
    detail: new Uint8Array(width * height),
  };
  const all = geometryOf(scene.actors, scene.camera, width, height);
  const seen = rasterise(all, width, height);
  const borders = bordersOf(all, seen);
  const map = shadowMapOf(all, scene.light.key.from, scene.light.key.soft, Math.max(width, height));
  const open = opennessOf(all, seen, scene.camera, CLOSE);
  const rows = backdropRows(scene.light, height);
  const { triangle } = seen;
  const actorOf = Uint16Array.from(all.pieces, ({ actor }) => actor);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const t = triangle[at] as number;
      if (t >= 0) frame.mask[at] = actorOf[all.pieceOf[t] as number] as number;
      else {
        frame.rgb[at * 3] = rows[y * 3] as number;
        frame.rgb[at * 3 + 1] = rows[y * 3 + 1] as number;
        frame.rgb[at * 3 + 2] = rows[y * 3 + 2] as number;
      }
    }
  const samples = shade({ scene, all, seen, borders, map, open }, frame.rgb, frame.detail);
  resolve(borders, samples, rows, frame);
  return frame;
}
