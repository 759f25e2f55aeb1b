import type { Mesh, Vec3 } from '../mesh/mesh.ts';
import type { Placement } from '../mesh/place.ts';
import type { Rgb, Skin } from './skin.ts';

export type Part = { mesh: Mesh; skin: Skin };
/** Something placed in a scene. `id` > 0 names it in the frame's mask; 0 is scenery. */
export type Actor = { parts: readonly Part[]; place: Placement; id: number; casts: boolean };

/** A pinhole camera. `focal` in heights of the picture; `roll` in radians, clockwise. */
export type Camera = { eye: Vec3; target: Vec3; focal: number; roll: number };

/** A directional lamp: `from` points from the scene to it; `soft` 0 (sun) … 1 (overcast) widens its shadow. */
export type Lamp = { from: Vec3; colour: Rgb; soft: number };
/** One lamp that casts shadows, one that does not, light from above and below, and what is seen where nothing is. */
export type Lighting = {
  key: Lamp;
  rim: Lamp;
  sky: Rgb;
  ground: Rgb;
  /** Top and bottom of the backdrop. */
  backdrop: readonly [Rgb, Rgb];
  exposure: number;
};
export type Scene = { actors: readonly Actor[]; camera: Camera; light: Lighting };
