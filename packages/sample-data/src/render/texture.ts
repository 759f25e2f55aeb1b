import sharp from 'sharp';

/** A square picture with its halved copies; RGB in 0..255, sRGB. `levels[0]` is the largest. */
export type Texture = { levels: { size: number; rgb: Uint8Array }[] };

/** sRGB byte → linear light in 0..1. */
export const LINEAR = Float32Array.from({ length: 256 }, (_, i) => {
  const c = i / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});

/** Draws an SVG (any viewBox) into a square texture of `size` px (a power of two). */
export async function textureOf(svg: string, size: number): Promise<Texture> {
  const rgb = await sharp(Buffer.from(svg))
    .resize(size, size, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return { levels: halved({ size, rgb: new Uint8Array(rgb.buffer, rgb.byteOffset, rgb.length) }) };
}

function halved(first: { size: number; rgb: Uint8Array }): Texture['levels'] {
  const levels = [first];
  for (let last = first; last.size > 16; ) {
    const size = last.size / 2;
    const rgb = new Uint8Array(size * size * 3);
    const row = last.size * 3;
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++)
        for (let c = 0; c < 3; c++) {
          const at = y * 2 * row + x * 6 + c;
          const from = last.rgb;
          rgb[(y * size + x) * 3 + c] =
            ((from[at] as number) +
              (from[at + 3] as number) +
              (from[at + row] as number) +
              (from[at + row + 3] as number) +
              2) >>
            2;
        }
    last = { size, rgb };
    levels.push(last);
  }
  return levels;
}
