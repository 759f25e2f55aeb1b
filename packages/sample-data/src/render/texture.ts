import sharp from 'sharp';

/** A square picture: one number a texel, sRGB bytes, red lowest. `size` is a power of two, at least 16. */
export type Level = { size: number; texels: Int32Array };
/** A picture with copies of half, a quarter … of its size, which are made when they are wanted. */
export type Texture = Level & { halved: Level[] };

/** sRGB byte → linear light in 0..1. */
export const LINEAR = Float32Array.from({ length: 256 }, (_, i) => {
  const c = i / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});
const SMALLEST = 16;
const RED_BLUE = 0x00ff00ff;

/** Draws an SVG (any viewBox) into a square texture of `size` px (a power of two). */
export async function textureOf(svg: string, size: number): Promise<Texture> {
  const bytes = await sharp(Buffer.from(svg))
    .resize(size, size, { fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer();
  const own = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return { size, texels: new Int32Array(own.buffer, own.byteOffset, size * size), halved: [] };
}

/** The copy halved `times` times, or the smallest there is. */
export function levelOf(texture: Texture, times: number): Level {
  let level: Level = texture;
  for (let i = 0; i < times && level.size > SMALLEST; i++) {
    const next: Level = texture.halved[i] ?? half(level);
    texture.halved[i] = next;
    level = next;
  }
  return level;
}

/** Means of four texels, red and blue in one addition. */
function half(from: Level): Level {
  const size = from.size / 2;
  const texels = new Int32Array(size * size);
  for (let y = 0; y < size; y++) halfRow(from, texels, y, size);
  return { size, texels };
}

function halfRow(from: Level, texels: Int32Array, y: number, size: number): void {
  for (let x = 0, at = y * 2 * from.size; x < size; x++, at += 2) {
    const a = from.texels[at] as number;
    const b = from.texels[at + 1] as number;
    const c = from.texels[at + from.size] as number;
    const d = from.texels[at + from.size + 1] as number;
    const redBlue = (a & RED_BLUE) + (b & RED_BLUE) + (c & RED_BLUE) + (d & RED_BLUE) + 0x20002;
    const green =
      ((a >>> 8) & RED_BLUE) + ((b >>> 8) & RED_BLUE) + ((c >>> 8) & RED_BLUE) + ((d >>> 8) & RED_BLUE);
    texels[y * size + x] = ((redBlue >>> 2) & RED_BLUE) | ((((green + 0x20002) >>> 2) & RED_BLUE) << 8);
  }
}
