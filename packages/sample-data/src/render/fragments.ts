/** How many points are shaded in one go: their numbers stay in the processor's nearest cache. */
export const BATCH = 256;

const numbers = (): Float32Array => new Float32Array(BATCH);
const whole = (): Int32Array => new Int32Array(BATCH);

/**
 * Points of one skin on their way to a colour, as arrays side by side. Each step (interpolate, relief, paint,
 * shadow, light) is a loop over all of them, which reads some of the arrays and fills others.
 */
export type Fragments = {
  count: number;
  /** Where its colour goes, the pixel that it lies in, and where in the picture, pixels. */
  slot: Int32Array;
  pixel: Int32Array;
  x: Float32Array;
  y: Float32Array;
  /** Weights of the triangle's second and third corner in space. */
  wb: Float32Array;
  wc: Float32Array;
  /** Texture coordinates, place and unit normal (towards the camera) in the world, unit tangent along u. */
  u: Float32Array;
  v: Float32Array;
  px: Float32Array;
  py: Float32Array;
  pz: Float32Array;
  nx: Float32Array;
  ny: Float32Array;
  nz: Float32Array;
  tx: Float32Array;
  ty: Float32Array;
  tz: Float32Array;
  /** 1 = the outside is seen, 0 = the lining; level of the art and of the weave; how much of it is left, 0..1. */
  outside: Int32Array;
  level: Int32Array;
  grain: Int32Array;
  bumps: Float32Array;
  /** Linear light, 0..1, of the surface itself. */
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  /** Share of the light around and of the lamp that arrives, 0..1. */
  free: Float32Array;
  lit: Float32Array;
};

/** The one batch of a thread; rendering never waits in the middle of it. */
export const batch: Fragments = {
  count: 0,
  slot: whole(),
  pixel: whole(),
  x: numbers(),
  y: numbers(),
  wb: numbers(),
  wc: numbers(),
  u: numbers(),
  v: numbers(),
  px: numbers(),
  py: numbers(),
  pz: numbers(),
  nx: numbers(),
  ny: numbers(),
  nz: numbers(),
  tx: numbers(),
  ty: numbers(),
  tz: numbers(),
  outside: whole(),
  level: whole(),
  grain: whole(),
  bumps: numbers(),
  red: numbers(),
  green: numbers(),
  blue: numbers(),
  free: numbers(),
  lit: numbers(),
};
