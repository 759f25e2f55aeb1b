import { createHash } from 'node:crypto';
import type { TenantSettings } from '@likeness/contracts/tenant-settings';
import type { BoxWeights } from '@likeness/search-core/query/choose-box';

/**
 * How a picture becomes a crop; stored with the index version. Its queries are cropped in the same way; which of their objects
 * is searched is up to the tenant's weights of the moment.
 */
export type CropRecipe = { side: number; enlarge: boolean; weights: BoxWeights };

export function cropRecipeOf(settings: TenantSettings): CropRecipe {
  return { side: settings.cropSide, enlarge: settings.cropEnlarge, weights: settings.boxWeights };
}

/** Names detector and crop settings; equal names give equal crops, so that vectors of record can be used again. */
export function recipeName(detectorSha256: string | null, recipe: CropRecipe): string {
  const { centre, score, area } = recipe.weights;
  const choice = detectorSha256 ? [detectorSha256, centre, score, area] : ['whole'];
  return createHash('sha256')
    .update(JSON.stringify([...choice, recipe.side, recipe.enlarge]))
    .digest('hex')
    .slice(0, 24);
}
