const STEPS = 4096;
const KNEE = 0.75;
const MOST = 3;
/** Steps of the table for one of linear light. */
const SCALE = STEPS / MOST;

/** Linear light 0..2 and more → sRGB byte: straight up to the knee, then a soft shoulder, so that highlights keep their form. */
const TABLE = Uint8Array.from({ length: STEPS + 1 }, (_, i) => {
  const x = i / SCALE;
  const held = x < KNEE ? x : KNEE + (1 - KNEE) * (1 - Math.exp(-(x - KNEE) / (1 - KNEE)));
  const s = held <= 0.0031308 ? held * 12.92 : 1.055 * held ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, s) * 255);
});

export function toByte(x: number): number {
  return TABLE[x <= 0 ? 0 : x >= MOST ? STEPS : (x * SCALE + 0.5) | 0] as number;
}
