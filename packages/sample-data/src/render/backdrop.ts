import type { Lighting } from './scene.ts';
import { toByte } from './tone.ts';

/** The colour seen where nothing is, by row: three sRGB bytes each, from the backdrop's top to its bottom. */
export function backdropRows({ backdrop }: Lighting, height: number): Uint8Array {
  const [top, bottom] = backdrop;
  return Uint8Array.from({ length: height * 3 }, (_, i) => {
    const [row, channel] = [Math.floor(i / 3), (i % 3) as 0 | 1 | 2];
    return toByte(top[channel] + ((bottom[channel] - top[channel]) * row) / height);
  });
}
