import { type Borders, OFFSETS, SAMPLES } from './borders.ts';
import { type ByTriangle, triangleSorter } from './by-triangle.ts';
import { BATCH, batch } from './fragments.ts';
import type { Geometry, Piece } from './geometry.ts';
import { interpolate } from './interpolate.ts';
import { kept } from './kept.ts';
import { type Lamps, lampsOf, light, wrapOf } from './lighting.ts';
import { type Openness, openness } from './occlusion.ts';
import { markDetail, paint } from './paint.ts';
import type { Visibility } from './rasterise.ts';
import { hasRelief, relief } from './relief.ts';
import type { Scene } from './scene.ts';
import { shadow } from './shadow.ts';
import type { ShadowMap } from './shadow-map.ts';
import type { Skin } from './skin.ts';
import { studioGround } from './studio-ground.ts';
import { thinGround } from './thin-ground.ts';

/** What shading looks at: the scene, its triangles, who is seen where, and what light arrives. */
export type View = {
  scene: Scene;
  all: Geometry;
  seen: Visibility;
  borders: Borders;
  map: ShadowMap;
  open: Openness;
};
type Target = { colours: Uint8Array; detail: Uint8Array };

const sortPixels = triangleSorter();
const sortSamples = triangleSorter();
const room = { samples: kept(Uint8Array) };

/**
 * Colours of all pixels that see a triangle, sRGB bytes, into `rgb`; of the borders' samples into the array it returns.
 * `detail` becomes 1 where siblings may differ. Uses up what `view.seen` knows of the borders' pixels.
 */
export function shade(view: View, rgb: Uint8Array, detail: Uint8Array): Uint8Array {
  const { all, seen, borders, scene } = view;
  const lamps = lampsOf(scene.light, scene.camera.eye);
  // The borders' pixels get their colours from their samples.
  for (const at of borders.pixel) seen.triangle[at] = -1;
  const between = thinGround(all, seen);
  const pixels = sortPixels(seen.triangle, all.pieceOf.length);
  const target = { colours: rgb, detail };
  for (const piece of all.pieces) shadePiece(view, lamps, piece, pixels, target, shadePixels);
  between?.(rgb);
  return shadeSamples(view, lamps, detail);
}

/** All places that see a piece, triangle after triangle. */
function shadePiece(
  view: View,
  lamps: Lamps,
  { skin, first, end }: Piece,
  places: ByTriangle,
  target: Target,
  one: typeof shadePixels,
): void {
  const { starts } = places;
  for (let t = first; t < end; t++)
    if ((starts[t] as number) < (starts[t + 1] as number)) one(view, lamps, skin, t, places, target);
  finish(view, lamps, skin, target);
}

function shadePixels(
  view: View,
  lamps: Lamps,
  skin: Skin,
  t: number,
  pixels: ByTriangle,
  target: Target,
): void {
  const { width } = view.seen;
  const stop = pixels.starts[t + 1] as number;
  let k = pixels.starts[t] as number;
  while (k < stop) {
    const from = batch.count;
    const to = Math.min(BATCH, from + stop - k);
    gather(pixels.order, k, width, from, to);
    k += to - from;
    interpolate(view.all, t, skin, batch, from, to);
    batch.count = to;
    if (to === BATCH) finish(view, lamps, skin, target);
  }
}

/** Puts the middles of the pixels from `order[k]` on into the batch. */
function gather(order: Int32Array, k: number, width: number, from: number, to: number): void {
  const { slot, pixel, x, y } = batch;
  const over = 1 / width;
  for (let i = from; i < to; i++) {
    const at = order[k + i - from] as number;
    const row = ((at + 0.5) * over) | 0;
    slot[i] = at;
    pixel[i] = at;
    x[i] = at - row * width + 0.5;
    y[i] = row + 0.5;
  }
}

function shadeSamples(view: View, lamps: Lamps, detail: Uint8Array): Uint8Array {
  const { all, borders } = view;
  const colours = room.samples(borders.triangle.length * 3);
  const target = { colours, detail };
  const samples = sortSamples(borders.triangle, all.pieceOf.length);
  for (const piece of all.pieces) shadePiece(view, lamps, piece, samples, target, shadeSamplesOf);
  return colours;
}

function shadeSamplesOf(
  view: View,
  lamps: Lamps,
  skin: Skin,
  t: number,
  samples: ByTriangle,
  target: Target,
): void {
  const { width } = view.seen;
  for (let k = samples.starts[t] as number; k < (samples.starts[t + 1] as number); k++) {
    const slot = samples.order[k] as number;
    const pixel = view.borders.pixel[(slot / SAMPLES) | 0] as number;
    const y = Math.floor(pixel / width);
    const offset = (slot % SAMPLES) * 2;
    const i = batch.count;
    batch.slot[i] = slot;
    batch.pixel[i] = pixel;
    batch.x[i] = pixel - y * width + (OFFSETS[offset] as number);
    batch.y[i] = y + (OFFSETS[offset + 1] as number);
    interpolate(view.all, t, skin, batch, i, i + 1);
    batch.count = i + 1;
    if (batch.count === BATCH) finish(view, lamps, skin, target);
  }
}

/** Takes the batch, all of one skin, through the steps to colours and empties it. */
function finish(view: View, lamps: Lamps, skin: Skin, target: Target): void {
  if (batch.count === 0) return;
  openness(batch, view.open, view.seen.width);
  if (skin.ground) {
    shadow(batch, view.map, lamps.key, 1);
    studioGround(batch, lamps, view.scene.camera.target, view.seen.height, target.colours);
  } else {
    paint(batch, skin);
    if (skin.detail.length > 0) markDetail(batch, skin.detail, target.detail);
    if (hasRelief(skin)) relief(batch, skin);
    shadow(batch, view.map, lamps.key, wrapOf(skin));
    light(batch, skin, lamps, target.colours);
  }
  batch.count = 0;
}
