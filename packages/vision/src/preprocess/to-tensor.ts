import type { ModelInput } from '@likeness/contracts/model-manifest';
import sharp from 'sharp';
import type { Raster } from '../decode/raster.ts';

export type InputTensor = { data: Float32Array | Uint8Array; dims: [number, number, number, number] };
/** Where the image lies in the tensor's picture, to bring boxes back: `x_image = (x − left) / width`, as fractions. */
export type Placement = { left: number; top: number; width: number; height: number };

/** Resizes by the manifest's way (antialiased by libvips) and tells where the image came to lie. */
export async function resizeForModel(
  raster: Raster,
  input: ModelInput,
): Promise<{ pixels: Uint8Array; placement: Placement }> {
  const kernel = input.kernel === 'bicubic' ? 'cubic' : 'linear';
  const source = sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } });
  const fit = { squash: 'fill', pad: 'contain', crop: 'cover' } as const;
  const resized = source.resize(input.width, input.height, {
    fit: fit[input.resize],
    kernel,
    background: '#ffffff',
  });
  return { pixels: await resized.removeAlpha().raw().toBuffer(), placement: placementOf(raster, input) };
}

function placementOf(raster: Raster, input: ModelInput): Placement {
  if (input.resize === 'squash') return { left: 0, top: 0, width: 1, height: 1 };
  const pick = input.resize === 'pad' ? Math.min : Math.max;
  const scale = pick(input.width / raster.width, input.height / raster.height);
  const [width, height] = [(raster.width * scale) / input.width, (raster.height * scale) / input.height];
  return { left: (1 - width) / 2, top: (1 - height) / 2, width, height };
}

/** rgbrgb… pixels (height × width × 3) of a batch → one tensor in the manifest's layout and type, normalised. */
export function toTensor(batch: readonly Uint8Array[], input: ModelInput): InputTensor {
  const plane = input.width * input.height;
  const planar = input.layout === 'NCHW';
  const dims: InputTensor['dims'] = planar
    ? [batch.length, 3, input.height, input.width]
    : [batch.length, input.height, input.width, 3];
  const data =
    input.dtype === 'uint8'
      ? new Uint8Array(batch.length * plane * 3)
      : new Float32Array(batch.length * plane * 3);
  const table = input.dtype === 'uint8' ? null : lookupTables(input);
  batch.forEach((pixels, n) => {
    const base = n * plane * 3;
    for (let c = 0; c < 3; c++) {
      const values = table?.[c];
      const [step, start] = planar ? [1, base + c * plane] : [3, base + c];
      for (let i = 0, at = start, from = c; i < plane; i++, at += step, from += 3) {
        const value = pixels[from] as number;
        data[at] = values ? (values[value] as number) : value;
      }
    }
  });
  return { data, dims };
}

function lookupTables(input: ModelInput): Float32Array[] {
  return [0, 1, 2].map((c) =>
    Float32Array.from({ length: 256 }, (_, value) => (value - (input.mean[c] ?? 0)) / (input.std[c] ?? 1)),
  );
}
