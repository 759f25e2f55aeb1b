import { geometryOf } from '../render/geometry.ts';
import { rasterise } from '../render/rasterise.ts';
import type { Actor, Camera } from '../render/scene.ts';

/** Longer side of a rehearsal, px: enough to know shares to about a hundredth. */
const LONGER = 112;

/** Size in pixels of the picture in which something is tried out before the photo is rendered. */
export function rehearsalSize(width: number, height: number): { width: number; height: number } {
  const by = LONGER / Math.max(width, height);
  return { width: Math.round(width * by), height: Math.round(height * by) };
}

/** Pixels of a good if nothing stood before it and the frame did not end: of the rehearsal's size. */
export function wholeArea(good: Actor, camera: Camera, size: { width: number; height: number }): number {
  // Twice the field of view at the same scale.
  const wide = { width: size.width * 2, height: size.height * 2 };
  return pixelsOf([good], { ...camera, focal: camera.focal / 2 }, wide).get(good.id) ?? 0;
}

/** Visible pixels of each id among some actors. */
export function pixelsOf(
  actors: readonly Actor[],
  camera: Camera,
  size: { width: number; height: number },
): Map<number, number> {
  const all = geometryOf(actors, camera, size.width, size.height);
  const { triangle } = rasterise(all, size.width, size.height);
  const counts = new Map<number, number>();
  for (const t of triangle) {
    if (t < 0) continue;
    const id = (all.pieces[all.pieceOf[t] as number] as { actor: number }).actor;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
