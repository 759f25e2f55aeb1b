import type { EvaluationDetail } from '@likeness/contracts/evaluation';
import type { Ctx } from '@likeness/core/context';
import type { ComparedSide, ComparisonView } from '@likeness/core/evaluation/compare-evaluations';
import { type EvaluationView, evaluationDetails } from '@likeness/core/evaluation/get-evaluation';
import { findCovers } from '@likeness/core/product/find-covers';
import { getTestSet } from '@likeness/core/test-set/list-test-sets';
import { pictureUrl } from './product-tile.ts';

export type Answer = {
  version: string;
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
  answers: Answer[];
};
export type GalleryTab = { key: string; count: number; items: GalleryItem[] };

const SHOWN = 24;
const PHOTOS_MAX = 5000;

/**
 * Photos of one evaluation by where the right product came: first, within the first ten, later, not at all. Photos
 * without a right product are kept out of the scores, and so apart here.
 */
export async function galleryOfOne(
  ctx: Ctx,
  evaluation: EvaluationView,
  version: string,
): Promise<GalleryTab[]> {
  const { queries } = await getTestSet(ctx, { testSetId: evaluation.testSetId, take: PHOTOS_MAX });
  const keys = ['first', 'ten', 'later', 'missed', 'nothing'] as const;
  const groups = new Map<string, { at: number; detail: EvaluationDetail; first: string; right: string }[]>(
    keys.map((key) => [key, []]),
  );
  let at = 0;
  for await (const detail of evaluationDetails(ctx, { evaluationId: evaluation.id })) {
    const { rank, product_id: right, top } = detail;
    const key =
      right === ''
        ? 'nothing'
        : rank === 1
          ? 'first'
          : rank === null
            ? 'missed'
            : rank <= 10
              ? 'ten'
              : 'later';
    groups.get(key)?.push({ at, detail, first: top[0]?.product_id ?? '', right });
    at += 1;
  }
  const shown = [...groups.values()].flatMap((each) => each.slice(0, SHOWN));
  const covers = await findCovers(ctx, {
    catalogId: evaluation.catalogId,
    productIds: shown.flatMap((each) => [each.first, each.right.split('|')[0] ?? '']),
  });
  const present = keys.filter((key) => key !== 'nothing' || groups.get(key)?.length);
  return present.map((key) => {
    const all = groups.get(key) ?? [];
    const items = all.slice(0, SHOWN).map((each) => {
      const cover = covers.get(each.first);
      return {
        id: `${key}-${each.at}`,
        name: each.detail.image,
        url: pictureUrl(ctx, queries[each.at]?.displayKey),
        box: each.detail.box ?? [],
        right: covers.get(each.right.split('|')[0] ?? '')?.title ?? each.right,
        answers: [
          {
            version,
            rank: each.detail.rank,
            outcome: each.detail.outcome,
            title: cover?.title ?? each.first,
            url: pictureUrl(ctx, cover?.displayKey),
          },
        ],
      };
    });
    return { key, count: all.length, items };
  });
}

/** Photos of two evaluations: won, lost, both right, both wrong. */
export async function galleryOfTwo(
  ctx: Ctx,
  view: ComparisonView,
  versions: { before: string; after: string },
): Promise<GalleryTab[]> {
  const byId = new Map(view.queries.map((each) => [each.testQueryId, each]));
  const { both, won, lost, neither } = view.comparison;
  const tabs = Object.entries({ both, won, lost, neither });
  const shown = tabs.flatMap(([, ids]) => ids.slice(0, SHOWN).flatMap((id) => byId.get(id) ?? []));
  const covers = await findCovers(ctx, {
    catalogId: view.after.catalogId,
    productIds: shown.flatMap((each) => [
      each.before.first ?? '',
      each.after.first ?? '',
      each.productIds[0] ?? '',
    ]),
  });
  const answer = (version: string, side: ComparedSide): Answer => {
    const cover = covers.get(side.first ?? '');
    const title = cover?.title ?? side.first ?? '';
    const { rank, outcome } = side;
    return { version, rank, outcome, title, url: pictureUrl(ctx, cover?.displayKey) };
  };
  return tabs.map(([key, ids]) => ({
    key,
    count: ids.length,
    items: ids.slice(0, SHOWN).flatMap((id) => {
      const query = byId.get(id);
      if (!query) return [];
      const right = query.productIds[0] ?? '';
      return [
        {
          id,
          name: query.image,
          url: pictureUrl(ctx, query.displayKey),
          box: query.box,
          right: covers.get(right)?.title ?? right,
          answers: [answer(versions.before, query.before), answer(versions.after, query.after)],
        },
      ];
    }),
  }));
}
