import { AppError } from '@likeness/contracts/errors';
import { BUILTIN_DETECTOR } from '@likeness/contracts/model-manifest';
import { chooseBox } from '@likeness/search-core/query/choose-box';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { resolveLiveIndex } from '../index-version/resolve-index.ts';
import { toModelRef } from '../model/model-ref.ts';
import { resolveModel } from '../model/resolve-model.ts';
import { readSettings } from '../search/query-image.ts';
import type { SearchObject } from '../search/search-types.ts';

export type DetectResult = {
  image: { width: number; height: number };
  objects: SearchObject[];
  catalogId: string | null;
  ms: { decode: number; detect: number };
};

/** Objects of a photo with the parts of their choice, by the live index's detector (else the built-in one). */
export async function detectImageObjects(
  ctx: Ctx,
  input: { image: Buffer; catalog: string | null | undefined },
): Promise<DetectResult> {
  requirePermission(ctx, 'detect:run');
  const live = await resolveLiveIndex(ctx, { catalog: input.catalog }).catch((error) => {
    const missing =
      error instanceof AppError &&
      (error.code === 'no_live_index' || (error.code === 'not_found' && !input.catalog));
    if (missing) return null;
    throw error;
  });
  const detector =
    live?.detectModel ?? toModelRef(await resolveModel(ctx, { model: BUILTIN_DETECTOR, task: 'detect' }));
  const settings = readSettings(ctx);
  settings.catch(() => {}); // heard below
  const found = await ctx.deps.vision.detect({ bytes: async () => input.image }, detector, {
    lane: 'interactive',
    signal: ctx.signal,
  });
  const { rated, chosen } = chooseBox(found.objects, found, (await settings).boxWeights);
  const objects = rated.map((each, i) => ({
    id: `obj_${i + 1}`,
    box: each.box,
    label: each.label,
    score: each.score,
    selected: i === chosen,
    reason: each.reason,
  }));
  return {
    image: { width: found.width, height: found.height },
    objects,
    catalogId: live?.catalogId ?? null,
    ms: found.ms,
  };
}
