import { type Borders, SAMPLES } from './borders.ts';

/** Means of the borders' samples into the picture; samples that see nothing show the backdrop's row. */
export function resolve(
  borders: Borders,
  colours: Uint8Array,
  rows: Uint8Array,
  picture: { width: number; rgb: Uint8Array },
): void {
  const { width, rgb } = picture;
  const { count, pixel, triangle } = borders;
  for (let border = 0; border < count; border++) {
    const at = pixel[border] as number;
    const row = Math.floor(at / width) * 3;
    const first = border * SAMPLES;
    let [red, green, blue] = [SAMPLES / 2, SAMPLES / 2, SAMPLES / 2];
    for (let s = 0; s < SAMPLES; s++) {
      let own = first + s;
      if ((triangle[own] as number) < -1) own = first - 2 - (triangle[own] as number);
      const seen = (triangle[own] as number) >= 0;
      const from = seen ? colours : rows;
      const k = seen ? own * 3 : row;
      red += from[k] as number;
      green += from[k + 1] as number;
      blue += from[k + 2] as number;
    }
    rgb[at * 3] = red / SAMPLES;
    rgb[at * 3 + 1] = green / SAMPLES;
    rgb[at * 3 + 2] = blue / SAMPLES;
  }
}
