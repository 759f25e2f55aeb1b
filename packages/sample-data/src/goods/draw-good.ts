import type { Kind, ProductSpec } from '../product-spec.ts';
import { drawBag, drawDress, drawHat, drawShirt, drawTrousers } from './clothes.ts';
import { drawBoot, drawSneaker } from './footwear.ts';
import { drawBottle, drawBox, drawCan } from './groceries.ts';
import { type Drawing, Paint } from './paint.ts';

const DRAW: Record<Kind, (spec: ProductSpec, paint: Paint) => Drawing> = {
  sneaker: drawSneaker,
  boot: drawBoot,
  shirt: drawShirt,
  dress: drawDress,
  trousers: drawTrousers,
  hat: drawHat,
  bag: drawBag,
  bottle: drawBottle,
  box: drawBox,
  can: drawCan,
};

/** A product in its 1000 × 1000 field; `prefix` keeps the ids of several goods in one picture apart. */
export function drawGood(spec: ProductSpec, prefix: string): Drawing {
  const paint = new Paint(spec, prefix);
  const drawing = DRAW[spec.kind](spec, paint);
  return { ...drawing, defs: paint.defs };
}
