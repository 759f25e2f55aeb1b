import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@likeness/contracts/errors';
import type { EvaluationAnswerModel } from '@likeness/db/generated/models/EvaluationAnswer';
import {
  type Comparison,
  compareEvaluations,
  type PairedQuery,
} from '@likeness/search-core/evaluation/compare';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type EvaluationView, toEvaluationView } from './get-evaluation.ts';

export type ComparedQuery = {
  testQueryId: string;
  image: string;
  displayKey: string | null;
  productIds: string[];
  box: number[];
  before: ComparedSide;
  after: ComparedSide;
};
/** `outcome` as of `Answer`: an error code where the photo could not be searched. */
export type ComparedSide = {
  rank: number | null;
  outcome: string;
  first: string | null;
  image: string | null;
};
export type ComparisonView = {
  before: EvaluationView;
  after: EvaluationView;
  comparison: Comparison;
  queries: ComparedQuery[];
};

/**
 * Two evaluations of one test set side by side; photos whose right product was changed between them are left out.
 * Errors: `not_found`, `conflict` when the sets differ or one is not done.
 */
export async function compareTwo(
  ctx: Ctx,
  input: { beforeId: string; afterId: string },
): Promise<ComparisonView> {
  requirePermission(ctx, 'catalogs:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const [before, after] = await Promise.all(
      [input.beforeId, input.afterId].map((id) => tx.evaluation.findFirst({ where: { id } })),
    );
    if (!before || !after) throw new AppError('not_found');
    if (before.testSetId !== after.testSetId)
      throw new AppError('conflict', { message: 'The two evaluations stand on different test sets.' });
    if (!before.result || !after.result)
      throw new AppError('conflict', { message: 'One of the evaluations is not done.' });
    const answers = await tx.evaluationAnswer.findMany({
      where: { evaluationId: { in: [before.id, after.id] } },
      orderBy: { ordinal: 'asc' },
    });
    const photos = await tx.testQuery.findMany({
      where: { testSetId: before.testSetId },
      select: { id: true, displayKey: true },
    });
    const shown = new Map(photos.map((photo) => [photo.id, photo.displayKey]));
    const queries = pair(answers, before.id, shown);
    return {
      before: toEvaluationView(before),
      after: toEvaluationView(after),
      comparison: compareEvaluations(queries.flatMap(toPaired)),
      queries,
    };
  });
}

function pair(
  answers: readonly EvaluationAnswerModel[],
  beforeId: string,
  shown: ReadonlyMap<string, string | null>,
): ComparedQuery[] {
  const later = new Map(
    answers.filter((each) => each.evaluationId !== beforeId).map((each) => [each.testQueryId, each]),
  );
  return answers
    .filter((each) => each.evaluationId === beforeId)
    .flatMap((first) => {
      const second = later.get(first.testQueryId);
      if (!second || !isDeepStrictEqual(first.productIds, second.productIds)) return [];
      const { testQueryId, image, productIds, box } = first;
      return [
        {
          testQueryId,
          image,
          displayKey: shown.get(testQueryId) ?? null,
          productIds,
          box,
          before: sideOf(first),
          after: sideOf(second),
        },
      ];
    });
}

function sideOf(answer: EvaluationAnswerModel): ComparedSide {
  const [first] = answer.top as { product_id: string; image: string }[];
  const { rank, outcome } = answer;
  return { rank, outcome, first: first?.product_id ?? null, image: first?.image ?? null };
}

function toPaired(query: ComparedQuery): PairedQuery[] {
  const [product] = query.productIds;
  return product === undefined
    ? []
    : [{ id: query.testQueryId, product, before: query.before.rank, after: query.after.rank }];
}
