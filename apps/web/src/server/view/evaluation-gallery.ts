import type { Ctx } from '@likeness/core/context';
import {
  type AnsweredPhoto,
  type Place,
  type SortedAnswers,
  sortAnswers,
} from '@likeness/core/evaluation/sort-answers';
import { findCovers } from '@likeness/core/product/find-covers';
import { showPhotos } from '@likeness/core/test-set/show-photos';
import { pictureUrl } from './product-tile.ts';

export type Answer = {
  rank: number | null;
  /** `found`, `no_object`, or the error code of a photo that could not be searched. */
  outcome: string;
  title: string;
  url: string | null;
};
export type GalleryItem = {
  id: string;
  /** The photo's file name. */
  name: string;
  url: string | null;
  box: number[];
  right: string;
  /** One of each evaluation, the earlier first. */
  answers: Answer[];
};
export type GalleryTab = { key: Place; count: number; items: GalleryItem[] };
type Which = { evaluationId: string; beforeId?: string | undefined };

const PAGE = 24;
const OF_ONE = ['first', 'ten', 'later', 'missed'] as const;
const OF_TWO = ['both', 'won', 'lost', 'neither'] as const;

/** The photos of one evaluation, or of two side by side, by where the right product came; the first page of each place. */
export async function openGallery(ctx: Ctx, which: Which): Promise<GalleryTab[]> {
  const sorted = await sortAnswers(ctx, which);
  const at = (place: Place): AnsweredPhoto[] => sorted.photos.filter((each) => each.place === place);
  const places: Place[] = [...(which.beforeId === undefined ? OF_ONE : OF_TWO)];
  if (at('nothing').length > 0) places.push('nothing');
  const pages = places.map((place) => at(place).slice(0, PAGE));
  const items = await toItems(ctx, sorted, pages.flat());
  return places.map((key, i) => {
    const ids = new Set(pages[i]?.map((photo) => photo.testQueryId));
    return { key, count: at(key).length, items: items.filter((item) => ids.has(item.id)) };
  });
}

/** The next photos of one place, after as many as are shown. */
export async function turnGallery(
  ctx: Ctx,
  { place, shown, ...which }: Which & { place: Place; shown: number },
): Promise<GalleryItem[]> {
  const sorted = await sortAnswers(ctx, which);
  const photos = sorted.photos.filter((each) => each.place === place);
  return toItems(ctx, sorted, photos.slice(shown, shown + PAGE));
}

async function toItems(
  ctx: Ctx,
  { catalogId }: SortedAnswers,
  photos: readonly AnsweredPhoto[],
): Promise<GalleryItem[]> {
  const [covers, pictures] = await Promise.all([
    findCovers(ctx, {
      catalogId,
      productIds: photos.flatMap(({ answers, productIds }) => [
        ...answers.flatMap((each) => each.first ?? []),
        ...productIds.slice(0, 1),
      ]),
    }),
    showPhotos(ctx, { testQueryIds: photos.map((each) => each.testQueryId) }),
  ]);
  return photos.map(({ testQueryId, image, productIds: [right = ''], box, answers }) => ({
    id: testQueryId,
    name: image,
    url: pictureUrl(ctx, pictures.get(testQueryId)),
    box,
    right: covers.get(right)?.title ?? right,
    answers: answers.map(({ rank, outcome, first }) => {
      const cover = covers.get(first ?? '');
      return { rank, outcome, title: cover?.title ?? first ?? '', url: pictureUrl(ctx, cover?.displayKey) };
    }),
  }));
}
