import { type Box, WHOLE_IMAGE } from '@likeness/contracts/box';
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
  detected: Detected;
};

/**
 * Which part of the photo is searched: the caller's box, the object at the caller's point, the whole image, or what
 * detector and box choice say. With a box, a point or `crop: none` the answer is always `found`.
 */
export async function findObjects(
  ctx: Ctx,
  index: ResolvedIndex,
  how: { image: QueryImage; input: SearchInput; deadlineMs: number },
): Promise<FoundObjects> {
  const { image, input } = how;
  const given = input.box ?? (input.crop === 'none' ? WHOLE_IMAGE : (image.storedBox ?? null));
  const detector = given ? null : index.detectModel;
  const options = { lane: 'interactive', deadlineMs: how.deadlineMs, signal: ctx.signal } as const;
  const detected = await ctx.deps.vision.detect(image, detector, options);
  const { rated, chosen } = chooseBox(detected.objects, detected, index.crop.weights);
  const pointed = !given && input.point ? boxAtPoint(detected.objects, input.point, detected) : null;
  const best = rated[chosen]?.box ?? null;
  // A catalogue indexed without a detector is asked with whole images.
  const box = given ?? pointed ?? (detector ? best : WHOLE_IMAGE);
  const objects = rated.map((each, i) => ({
    id: `obj_${i + 1}`,
    box: each.box,
    label: each.label,
    score: each.score,
    selected: each.box === box,
    reason: each.reason,
  }));
  if (box === null) return { outcome: 'no_object', box, objects, detected };
  const mayAsk = !given && !pointed && input.many === 'ask';
  if (mayAsk && objects.length > 1)
    return {
      outcome: 'choose',
      box: null,
      objects: objects.map((each) => ({ ...each, selected: false })),
      detected,
    };
  return { outcome: 'found', box, objects, detected };
}
