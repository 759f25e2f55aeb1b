import type { EvaluationAnswerModel } from '@likeness/db/generated/models/EvaluationAnswer';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { getEvaluation } from './get-evaluation.ts';
import { type AnswerPair, pairAnswers } from './pair-answers.ts';

/** Where the right product came: in one evaluation, or in two side by side. */
export type Place = 'first' | 'ten' | 'later' | 'missed' | 'both' | 'won' | 'lost' | 'neither' | 'nothing';
/** `outcome` as of `Answer`: an error code where the photo could not be searched. */
export type Answered = {
  rank: number | null;
  outcome: string;
  /** The product that came first. */
  first: string | null;
};
/** A photo of a test set as one evaluation answered it, or as two did, the earlier first. */
export type AnsweredPhoto = {
  testQueryId: string;
  image: string;
  productIds: string[];
  box: number[];
  place: Place;
  answers: Answered[];
};
export type SortedAnswers = { catalogId: string; testSetId: string; photos: AnsweredPhoto[] };

/**
 * The photos of an evaluation by where the right product came, in the order of the test set; of two evaluations those
 * that both had. Errors: `not_found`, `conflict` as of a comparison.
 */
export async function sortAnswers(
  ctx: Ctx,
  input: { evaluationId: string; beforeId?: string | undefined },
): Promise<SortedAnswers> {
  requirePermission(ctx, 'catalogs:read');
  if (input.beforeId !== undefined) {
    const { after, pairs } = await pairAnswers(ctx, {
      beforeId: input.beforeId,
      afterId: input.evaluationId,
    });
    return { catalogId: after.catalogId, testSetId: after.testSetId, photos: pairs.map(ofTwo) };
  }
  const { catalogId, testSetId } = await getEvaluation(ctx, input);
  const answers = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.evaluationAnswer.findMany({
      where: { evaluationId: input.evaluationId },
      orderBy: { ordinal: 'asc' },
    }),
  );
  return { catalogId, testSetId, photos: answers.map(ofOne) };
}

function ofOne(answer: EvaluationAnswerModel): AnsweredPhoto {
  return { ...photoOf(answer), place: placeOfOne(answer), answers: [answeredBy(answer)] };
}

function ofTwo({ before, after }: AnswerPair): AnsweredPhoto {
  const place = before.productIds.length === 0 ? 'nothing' : placeOfTwo(before.rank === 1, after.rank === 1);
  return { ...photoOf(after), place, answers: [answeredBy(before), answeredBy(after)] };
}

/** Photos without a right product are kept out of the scores, and so apart here. */
function placeOfOne({ productIds, rank }: EvaluationAnswerModel): Place {
  if (productIds.length === 0) return 'nothing';
  if (rank === null) return 'missed';
  return rank === 1 ? 'first' : rank <= 10 ? 'ten' : 'later';
}

function placeOfTwo(before: boolean, after: boolean): Place {
  if (before) return after ? 'both' : 'lost';
  return after ? 'won' : 'neither';
}

function photoOf({ testQueryId, image, productIds, box }: EvaluationAnswerModel) {
  return { testQueryId, image, productIds, box };
}

function answeredBy({ rank, outcome, top }: EvaluationAnswerModel): Answered {
  const [first] = top as { product_id: string }[];
  return { rank, outcome, first: first?.product_id ?? null };
}
