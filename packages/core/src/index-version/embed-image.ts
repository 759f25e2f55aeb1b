import type { Box } from '@likeness/contracts/box';
import { WHOLE_IMAGE } from '@likeness/contracts/box';
import { chooseBox } from '@likeness/search-core/query/choose-box';
import type { Deps } from '../context.ts';
import type { CallOptions, ImageInput } from '../ports/vision.ts';
import type { ResolvedIndex } from './resolved-index.ts';

export type ImageVector = { vector: Float32Array; box: Box };

/**
 * One catalogue image to one vector, the way a query walks: detect → choose → crop → embed. A picture in which
 * nothing is found is embedded whole, so that its product can be found at all. Errors: those of inference.
 */
export async function embedCatalogImage(
  deps: Deps,
  index: ResolvedIndex,
  how: { originalKey: string; options: CallOptions },
): Promise<ImageVector> {
  const bytes = once(() => deps.objects.get(how.originalKey));
  let image: ImageInput = { bytes };
  let box: Box = WHOLE_IMAGE;
  if (index.detectModel) {
    const found = await deps.vision.detect(image, index.detectModel, how.options);
    const { rated, chosen } = chooseBox(found.objects, found, index.crop.weights);
    box = rated[chosen]?.box ?? WHOLE_IMAGE;
    image = { bytes, raster: found.raster };
  }
  const { side, enlarge } = index.crop;
  const { vectors } = await deps.vision.embed(
    image,
    { model: index.embedModel, boxes: [box], crop: { side, enlarge } },
    how.options,
  );
  return { vector: vectors[0] as Float32Array, box };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
