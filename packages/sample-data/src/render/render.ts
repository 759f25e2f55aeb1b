import { backdropRows } from './backdrop.ts';
import { bordersOf } from './borders.ts';
import { type Geometry, geometryOf, type Piece } from './geometry.ts';
import { opennessOf } from './occlusion.ts';
import { rasterise, type Visibility } from './rasterise.ts';
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
  for (let y = 0; y < height; y++) emptyRow(all, seen, frame, y, rows);
  const samples = shade({ scene, all, seen, borders, map, open }, frame.rgb, frame.detail);
  resolve(borders, samples, rows, frame);
  return frame;
}

/** Whose pixel each of a row is, and the backdrop's colour where it is nobody's. */
function emptyRow(all: Geometry, seen: Visibility, frame: Frame, y: number, rows: Uint8Array): void {
  const { width, rgb, mask } = frame;
  const { pieces, pieceOf } = all;
  for (let at = y * width; at < (y + 1) * width; at++) {
    const t = seen.triangle[at] as number;
    if (t >= 0) mask[at] = (pieces[pieceOf[t] as number] as Piece).actor;
    else {
      rgb[at * 3] = rows[y * 3] as number;
      rgb[at * 3 + 1] = rows[y * 3 + 1] as number;
      rgb[at * 3 + 2] = rows[y * 3 + 2] as number;
    }
  }
}
