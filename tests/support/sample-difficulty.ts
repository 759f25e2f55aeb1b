import { readFileSync } from 'node:fs';
import path from 'node:path';
import { placeInFamily } from '@likeness/sample-data/catalog/product-spec';
import { parse } from 'csv-parse/sync';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import { shared } from './shared-data.ts';

type Row = Record<string, string>;
type Box = [number, number, number, number];
export type Query = { file: string; productId: string; groups: string[]; box: Box };
export type Outcome = { query: Query; rank: number; first: string };
/** One kind of vector over the same sample: how each street photo ranks its product among all of the catalogue. */
export type Difficulty = Record<'histogram' | 'whole' | 'box', Outcome[]>;

const SIDE = 224;
const BINS = [16, 4, 4] as const;

/** Embeds a written sample with an HSV histogram and with MobileNetV2 of ../shared/weights; whole images and true boxes. */
export async function measureDifficulty(folder: string): Promise<Difficulty> {
  const rows = (name: string): Row[] =>
    parse(readFileSync(path.join(folder, name), 'utf8'), { columns: true, skip_empty_lines: true });
  const images = (name: string): string => path.join(folder, 'images', name);
  const goods = rows('catalog.csv').flatMap((row) =>
    (row.image ?? '').split('|').map((name) => ({ productId: row.product_id ?? '', file: images(name) })),
  );
  const queries = [...rows('queries.csv'), ...rows('train.csv')]
    .filter((row) => row.product_id)
    .map((row) => ({
      file: images(row.image ?? ''),
      productId: row.product_id ?? '',
      groups: (row.groups ?? '').split('|'),
      box: [row.x1, row.y1, row.x2, row.y2].map(Number) as Box,
    }));
  const encoder = await ort.InferenceSession.create(
    shared('weights/tf2_mobilenet_v2_1.0_224_ptq.float.onnx'),
    { intraOpNumThreads: 2 },
  );
  const embed = async (file: string, box?: Box): Promise<Float32Array> =>
    embedding(encoder, await pixels(file, box));
  const gallery = await vectors(goods, (good) => embed(good.file));
  const colours = await vectors(goods, async (good) => histogram(await pixels(good.file)));
  const result: Difficulty = { histogram: [], whole: [], box: [] };
  const ids = goods.map((good) => good.productId);
  for (const query of queries) {
    const whole = await pixels(query.file);
    result.histogram.push(outcome(query, ids, { gallery: colours, vector: histogram(whole) }));
    result.whole.push(outcome(query, ids, { gallery, vector: await embedding(encoder, whole) }));
    result.box.push(outcome(query, ids, { gallery, vector: await embed(query.file, query.box) }));
  }
  await encoder.release();
  return result;
}

/** Share of queries whose product came first, in per cent; of one group, or of all. */
export function recallAt1(outcomes: readonly Outcome[], group?: string): number {
  const counted = group ? outcomes.filter(({ query }) => query.groups.includes(group)) : outcomes;
  return (100 * counted.filter(({ rank }) => rank === 1).length) / counted.length;
}

/** How often a wrong first answer is a given sibling, and how often a given stranger (both: per pair that could be confused). */
export function confusion(
  outcomes: readonly Outcome[],
  products: number,
): { sibling: number; stranger: number } {
  const family = (id: string): number => placeInFamily(Number(id.split('-').at(-1)) - 1).family;
  const sizes = new Map<number, number>();
  for (let i = 0; i < products; i++)
    sizes.set(placeInFamily(i).family, (sizes.get(placeInFamily(i).family) ?? 0) + 1);
  let [siblings, strangers, asSibling, asStranger] = [0, 0, 0, 0];
  for (const { query, first } of outcomes) {
    const others = (sizes.get(family(query.productId)) ?? 1) - 1;
    siblings += others;
    strangers += products - 1 - others;
    if (first === query.productId) continue;
    if (family(first) === family(query.productId)) asSibling += 1;
    else asStranger += 1;
  }
  return { sibling: asSibling / siblings, stranger: asStranger / strangers };
}

async function vectors<T>(
  things: readonly T[],
  of: (thing: T) => Promise<Float32Array>,
): Promise<Float32Array[]> {
  const made: Float32Array[] = [];
  for (const thing of things) made.push(await of(thing));
  return made;
}

/** RGB bytes, 224 × 224, of the whole upright image or of a box in fractions of it. */
async function pixels(file: string, box?: Box): Promise<Buffer> {
  let image = sharp(file);
  if (box) {
    const { width, height } = await image.metadata();
    const [left, top] = [Math.floor(box[0] * width), Math.floor(box[1] * height)];
    const [right, bottom] = [
      Math.min(width, Math.ceil(box[2] * width)),
      Math.min(height, Math.ceil(box[3] * height)),
    ];
    image = image.extract({ left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) });
  }
  return image.resize(SIDE, SIDE, { fit: 'fill', kernel: 'cubic' }).removeAlpha().raw().toBuffer();
}

async function embedding(encoder: ort.InferenceSession, rgb: Buffer): Promise<Float32Array> {
  const area = SIDE * SIDE;
  const planes = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) for (let c = 0; c < 3; c++) planes[c * area + i] = rgb[i * 3 + c] as number;
  const { embedding: out } = await encoder.run({
    image: new ort.Tensor('float32', planes, [1, 3, SIDE, SIDE]),
  });
  return unit((out as ort.Tensor).data as Float32Array);
}

/** Hue, saturation, value in 16 × 4 × 4 bins, square roots (so that the product of two is their Bhattacharyya coefficient). */
function histogram(rgb: Buffer): Float32Array {
  const counts = new Float32Array(BINS[0] * BINS[1] * BINS[2]);
  for (let i = 0; i < rgb.length; i += 3) {
    const [r, g, b] = [rgb[i] as number, rgb[i + 1] as number, rgb[i + 2] as number];
    const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
    const span = high - low || 1;
    const turn = high === r ? ((g - b) / span + 6) % 6 : high === g ? (b - r) / span + 2 : (r - g) / span + 4;
    const bin = (share: number, n: number): number => Math.min(n - 1, Math.floor(share * n));
    const at =
      (bin(turn / 6, BINS[0]) * BINS[1] + bin(high ? (high - low) / high : 0, BINS[1])) * BINS[2] +
      bin(high / 255, BINS[2]);
    counts[at] = (counts[at] as number) + 1;
  }
  return unit(counts.map(Math.sqrt));
}

function unit(values: Float32Array): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return values.map((value) => value / length);
}

/** Product level: the best picture of a product counts; ties count against us. */
function outcome(
  query: Query,
  ids: readonly string[],
  how: { gallery: readonly Float32Array[]; vector: Float32Array },
): Outcome {
  const best = new Map<string, number>();
  how.gallery.forEach((each, i) => {
    let score = 0;
    for (let d = 0; d < each.length; d++) score += (each[d] as number) * (how.vector[d] as number);
    const id = ids[i] as string;
    if (score > (best.get(id) ?? -2)) best.set(id, score);
  });
  const own = best.get(query.productId) ?? -2;
  let [rank, first, top] = [1, query.productId, own];
  for (const [id, score] of best) {
    if (id === query.productId) continue;
    if (score >= own) rank += 1;
    if (score > top) [first, top] = [id, score];
  }
  return { query, rank, first };
}
