import type { Kind } from '../catalog/kinds.ts';
import type { ProductSpec, Variant } from '../catalog/product-spec.ts';
import type { Part } from '../render/scene.ts';
import { buildBag } from './bag.ts';
import { buildBoot } from './boot.ts';
import { buildCoat } from './coat.ts';
import { buildDress } from './dress.ts';
import { type Blank, dressed, Inks, type Look } from './good.ts';
import { buildBottle, buildCan, buildCarton, buildPouch } from './groceries.ts';
import { buildHat } from './hat.ts';
import { buildShirt } from './shirt.ts';
import { buildSneaker } from './sneaker.ts';
import { buildTrousers } from './trousers.ts';
import { buildWatch } from './watch.ts';

const BUILDERS: Record<Kind, (look: Look) => Blank[]> = {
  sneaker: buildSneaker,
  boot: buildBoot,
  shirt: buildShirt,
  coat: buildCoat,
  trousers: buildTrousers,
  dress: buildDress,
  hat: buildHat,
  bag: buildBag,
  watch: buildWatch,
  carton: buildCarton,
  bottle: buildBottle,
  can: buildCan,
  pouch: buildPouch,
};

/** A product in one of its colours, ready for a scene, with the box that it fills in its own units. */
export type Good = {
  spec: ProductSpec;
  variant: Variant;
  parts: Part[];
  low: [number, number, number];
  high: [number, number, number];
};

/** The parts of a product in one of its colours, before their art is drawn. */
export const blanksOf = (spec: ProductSpec, variant: Variant): Blank[] =>
  BUILDERS[spec.kind]({ spec, ink: new Inks(variant.colours) });

/** Builds shape and art; `texture` px a side (a power of two). */
export async function buildGood(spec: ProductSpec, variant: Variant, texture: number): Promise<Good> {
  const parts = await dressed(blanksOf(spec, variant), texture);
  const low: Good['low'] = [Infinity, Infinity, Infinity];
  const high: Good['high'] = [-Infinity, -Infinity, -Infinity];
  for (const { mesh } of parts)
    for (let i = 0; i < mesh.positions.length; i++) {
      const axis = (i % 3) as 0 | 1 | 2;
      low[axis] = Math.min(low[axis], mesh.positions[i] as number);
      high[axis] = Math.max(high[axis], mesh.positions[i] as number);
    }
  return { spec, variant, parts, low, high };
}

/** Texture size for pictures of `size` px. */
export const textureFor = (size: number): number => (size >= 560 ? 1024 : size >= 280 ? 512 : 256);
