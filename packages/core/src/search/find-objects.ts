import { type Box, WHOLE_IMAGE } from '@likeness/contracts/box';
import type { TenantSettings } from '@likeness/contracts/tenant-settings';
import { boxAtPoint, chooseBox } from '@likeness/search-core/query/choose-box';
import type { Ctx } from '../context.ts';
import type { ResolvedIndex } from '../index-version/resolved-index.ts';
import type { Detected } from '../ports/vision.ts';
import type { QueryImage } from './query-image.ts';
import type { SearchInput, SearchObject } from './search-types.ts';

export type FoundObjects = {
  outcome: 'found' | 'no_object' | 'choose';
  box: Box | null;
  objects: SearchObject[];
  /** Null when no detector ran: the box was known before. */
  detected: Detected | null;
};

/** Whether a detector will run: the part that is searched is not known before. */
export function mayDetect(index: ResolvedIndex, input: SearchInput, image: QueryImage): boolean {
  return index.detectModel !== null && !input.box && input.crop !== 'none' && !image.storedBox;
}

/**
 * Which part of the photo is searched: the caller's box, the object at the caller's point, the whole image, or what
 * detector and box choice say. With a box, a point or `crop: none` the answer is always `found`.
 */
export async function findObjects(
  ctx: Ctx,
  index: ResolvedIndex,
  how: {
    image: QueryImage;
    input: SearchInput;
    deadlineMs: number;
    /** Of the tenant, whose weights choose the box; null where the index version's do. */
    settings: Promise<TenantSettings> | null;
  },
): Promise<FoundObjects> {
  const { image, input } = how;
  const given = input.box ?? (input.crop === 'none' ? WHOLE_IMAGE : (image.storedBox ?? null));
  const detector = given ? null : index.detectModel;
  // A catalogue indexed without a detector is asked with whole images, by the same short way as its own pictures.
  if (!detector) return { outcome: 'found', box: given ?? WHOLE_IMAGE, objects: [], detected: null };
  const options = { lane: 'interactive', deadlineMs: how.deadlineMs, signal: ctx.signal } as const;
  const detected = await ctx.deps.vision.detect(image, detector, options);
  const weights = (await how.settings)?.boxWeights ?? index.crop.weights;
  const { rated, chosen } = chooseBox(detected.objects, detected, weights);
  const pointed = input.point ? boxAtPoint(detected.objects, input.point, detected) : null;
  const best = rated[chosen]?.box ?? null;
  const box = pointed ?? best;
  const objects = rated.map((each, i) => ({
    id: `obj_${i + 1}`,
    box: each.box,
    label: each.label,
    score: each.score,
    selected: each.box === box,
    reason: each.reason,
  }));
  if (box === null) return { outcome: 'no_object', box, objects, detected };
  const mayAsk = !pointed && input.many === 'ask';
  if (mayAsk && objects.length > 1)
    return {
      outcome: 'choose',
      box: null,
      objects: objects.map((each) => ({ ...each, selected: false })),
      detected,
    };
  return { outcome: 'found', box, objects, detected };
}
