import type { ModelInput } from '@likeness/contracts/model-manifest';
import sharp from 'sharp';
import type { Raster } from '../decode/raster.ts';
import { resampleBicubic } from './resample-bicubic.ts';
import { resampleBilinear } from './resample-bilinear.ts';

export type InputTensor = { data: Float32Array | Uint8Array; dims: [number, number, number, number] };
/** Where the image lies in the tensor's picture, to bring boxes back: `x_image = (x − left) / width`, as fractions. */
export type Placement = { left: number; top: number; width: number; height: number };

/** Larger pictures are left to libvips' threads: the kernel works in the thread that calls it. */
const KERNEL_PIXELS_MAX = 1_000_000;

/** Resizes by the manifest's way, antialiased, and tells where the image came to lie. */
export async function resizeForModel(
  raster: Raster,
  input: ModelInput,
): Promise<{ pixels: Uint8Array; placement: Placement }> {
  const placement = placementOf(raster, input);
  if (input.kernel === 'bilinear') return { pixels: fitted(raster, input, placement), placement };
  if (input.resize === 'squash' && isSmallReduction(raster, input))
    return { pixels: resampleBicubic(raster, input), placement };
  const source = sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } });
  const fit = { squash: 'fill', pad: 'contain', crop: 'cover' } as const;
  const resized = source.resize(input.width, input.height, {
    fit: fit[input.resize],
    kernel: 'cubic',
    background: '#ffffff',
  });
  return { pixels: await resized.removeAlpha().raw().toBuffer(), placement };
}

/** The resized image in the middle of the model's picture: white round it, or cut at its edges. */
function fitted(raster: Raster, input: ModelInput, placement: Placement): Uint8Array {
  const width = Math.max(1, Math.round(placement.width * input.width));
  const height = Math.max(1, Math.round(placement.height * input.height));
  const resized = resampleBilinear(raster, { width, height });
  if (width === input.width && height === input.height) return resized;
  const out = new Uint8Array(input.width * input.height * 3).fill(255);
  const [left, top] = [Math.round((input.width - width) / 2), Math.round((input.height - height) / 2)];
  const [from, to] = [Math.max(0, -left), Math.min(width, input.width - left)];
  for (let y = Math.max(0, -top); y < Math.min(height, input.height - top); y++) {
    const row = resized.subarray((y * width + from) * 3, (y * width + to) * 3);
    out.set(row, ((y + top) * input.width + Math.max(0, left)) * 3);
  }
  return out;
}

/** Enlarging, libvips samples at other places than this kernel; from 4 times less on, it averages boxes before. */
function isSmallReduction(from: Raster, to: ModelInput): boolean {
  const [x, y] = [from.width / to.width, from.height / to.height];
  return Math.min(x, y) >= 1 && Math.max(x, y) < 4 && from.width * from.height <= KERNEL_PIXELS_MAX;
}

function placementOf(raster: Raster, input: ModelInput): Placement {
  if (input.resize === 'squash') return { left: 0, top: 0, width: 1, height: 1 };
  const pick = input.resize === 'pad' ? Math.min : Math.max;
  const scale = pick(input.width / raster.width, input.height / raster.height);
  const [width, height] = [(raster.width * scale) / input.width, (raster.height * scale) / input.height];
  return { left: (1 - width) / 2, top: (1 - height) / 2, width, height };
}

/**
 * rgbrgb… pixels (height × width × 3) of a batch → one tensor in the manifest's layout and type, normalised. `spent` is
 * the data of a tensor that nobody reads any more: its memory is used again when it fits.
 */
export function toTensor(
  batch: readonly Uint8Array[],
  input: ModelInput,
  spent: InputTensor['data'] | null = null,
): InputTensor {
  const plane = input.width * input.height;
  const planar = input.layout === 'NCHW';
  const dims: InputTensor['dims'] = planar
    ? [batch.length, 3, input.height, input.width]
    : [batch.length, input.height, input.width, 3];
  const [step, stride] = planar ? [1, plane] : [3, 1];
  const size = batch.length * plane * 3;
  const Data = input.dtype === 'uint8' ? Uint8Array : Float32Array;
  const data = spent instanceof Data && spent.length === size ? spent : new Data(size);
  const tables = lookupTables(input);
  batch.forEach((pixels, n) => {
    const to = { start: n * plane * 3, step, stride };
    if (data instanceof Float32Array) fillFloats(data, to, { pixels, tables });
    else fillBytes(data, to, pixels);
  });
  return { data, dims };
}

/** Where a picture's numbers lie: one pixel is `step` from the next, one channel `stride`. */
type Place = { start: number; step: number; stride: number };

/** Alone, so that the compiler sees one kind of array: three times as fast (bench/embedding). */
function fillFloats(
  data: Float32Array,
  { start, step, stride }: Place,
  { pixels, tables }: { pixels: Uint8Array; tables: Float32Array[] },
): void {
  const [red, green, blue] = tables as [Float32Array, Float32Array, Float32Array];
  for (let i = 0, at = start, end = pixels.length; i < end; i += 3, at += step) {
    data[at] = red[pixels[i] as number] as number;
    data[at + stride] = green[pixels[i + 1] as number] as number;
    data[at + 2 * stride] = blue[pixels[i + 2] as number] as number;
  }
}

function fillBytes(data: Uint8Array, { start, step, stride }: Place, pixels: Uint8Array): void {
  for (let i = 0, at = start, end = pixels.length; i < end; i += 3, at += step)
    for (let c = 0; c < 3; c++) data[at + c * stride] = pixels[i + c] as number;
}

/** Tables of the last mean and deviation asked for: one model mostly works for a while. */
let known: { key: string; tables: Float32Array[] } | null = null;

function lookupTables({ mean, std }: ModelInput): Float32Array[] {
  const key = `${mean}/${std}`;
  if (known?.key !== key) {
    const tables = [0, 1, 2].map((c) =>
      Float32Array.from({ length: 256 }, (_, value) => (value - (mean[c] ?? 0)) / (std[c] ?? 1)),
    );
    known = { key, tables };
  }
  return known.tables;
}
