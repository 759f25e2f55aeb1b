import { AppError } from '@likeness/contracts/errors';
import type { EvaluationDetail, EvaluationResult } from '@likeness/contracts/evaluation';
import type { EvaluationModel } from '@likeness/db/generated/models/Evaluation';
import type { EvaluationAnswerModel } from '@likeness/db/generated/models/EvaluationAnswer';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

export type EvaluationView = {
  id: string;
  catalogId: string;
  testSetId: string;
  indexVersionId: string;
  crop: string;
  state: string;
  jobId: string | null;
  createdAt: Date;
  result: EvaluationResult | null;
};

/** As stored: a result of before categories were counted lacks them. */
type Stored = Omit<EvaluationResult, 'categories'> & Partial<Pick<EvaluationResult, 'categories'>>;

export function toEvaluationView(row: EvaluationModel): EvaluationView {
  const { id, catalogId, testSetId, indexVersionId, crop, state, jobId, createdAt } = row;
  const stored = row.result as Stored | null;
  return {
    id,
    catalogId,
    testSetId,
    indexVersionId,
    crop,
    state,
    jobId,
    createdAt,
    result: stored && { ...stored, categories: stored.categories ?? {} },
  };
}

/** Errors: `not_found`. */
export async function getEvaluation(ctx: Ctx, input: { evaluationId: string }): Promise<EvaluationView> {
  requirePermission(ctx, 'catalogs:read');
  const row = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.evaluation.findFirst({ where: { id: input.evaluationId } }),
  );
  if (!row) throw new AppError('not_found');
  return toEvaluationView(row);
}

/** Newest first. */
export async function listEvaluations(
  ctx: Ctx,
  input: { catalogId?: string | undefined; take: number },
): Promise<EvaluationView[]> {
  requirePermission(ctx, 'catalogs:read');
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.evaluation.findMany({
      where: input.catalogId ? { catalogId: input.catalogId } : {},
      orderBy: { createdAt: 'desc' },
      take: input.take,
    }),
  );
  return rows.map(toEvaluationView);
}

const PAGE = 500;

/** The details lines of contract §4, in the order of the queries. Errors: `not_found`. */
export async function* evaluationDetails(
  ctx: Ctx,
  input: { evaluationId: string },
): AsyncGenerator<EvaluationDetail> {
  await getEvaluation(ctx, input);
  for (let after = -1; ; ) {
    const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.evaluationAnswer.findMany({
        where: { evaluationId: input.evaluationId, ordinal: { gt: after } },
        orderBy: { ordinal: 'asc' },
        take: PAGE,
      }),
    );
    for (const row of rows) yield toDetail(row);
    const last = rows.at(-1);
    if (!last) return;
    after = last.ordinal;
  }
}

function toDetail(row: EvaluationAnswerModel): EvaluationDetail {
  return {
    image: row.image,
    product_id: row.productIds.join('|'),
    rank: row.rank,
    outcome: row.outcome,
    box: row.box.length === 4 ? (row.box as [number, number, number, number]) : null,
    top: row.top as EvaluationDetail['top'],
  };
}
