import { AppError } from '@likeness/contracts/errors';
import type { EvaluationResult } from '@likeness/contracts/evaluation';
import type { EvaluationModel } from '@likeness/db/generated/models/Evaluation';
import { quantile } from '@likeness/search-core/evaluation/summarize';
import { resolveIndexVersion } from '../index-version/resolve-index.ts';
import type { ResolvedIndex } from '../index-version/resolved-index.ts';
import type { JobRun } from '../job/job-run.ts';
import { countUnknownProducts } from '../test-set/unknown-products.ts';
import { type Answer, answerQuery } from './answer-query.ts';
import { readCategories } from './product-categories.ts';
import { scoresOfAnswers } from './scores-of-answers.ts';
import type { CropMode } from './start-evaluation.ts';
import { takeQueries } from './take-queries.ts';

type Run = JobRun<'evaluate-index'>;
const BATCH = 32;
const AT_ONCE = 4;

/** The job `evaluate-index`: every photo of the test set through the search itself; answers are kept as they come. */
export async function runEvaluation(run: Run): Promise<EvaluationResult> {
  const began = performance.now();
  const { ctx } = run;
  const evaluation = await load(run);
  const index = await resolveIndexVersion(ctx, {
    catalogId: evaluation.catalogId,
    indexVersionId: evaluation.indexVersionId,
  });
  await takeQueries(run, evaluation.testSetId);
  const masked = await maskOf(run, evaluation);
  await answerAll(run, evaluation, { index, masked });
  const result = await summarize(run, evaluation, {
    index,
    masked,
    seconds: (performance.now() - began) / 1000,
  });
  await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    await run.assertLease(tx);
    await tx.evaluation.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: evaluation.id } },
      data: { state: 'done', result, finishedAt: new Date(ctx.deps.clock.now()) },
    });
  });
  return result;
}

async function load(run: Run): Promise<EvaluationModel> {
  const row = await run.ctx.deps.db.tenant(run.ctx.tenantId, (tx) =>
    tx.evaluation.findFirst({ where: { id: run.payload.evaluationId } }),
  );
  if (!row) throw new AppError('not_found');
  return row;
}

/** Catalogue pictures that are in the test set, by id or by their bytes. */
async function maskOf(run: Run, evaluation: EvaluationModel): Promise<string[]> {
  const rows = await run.ctx.deps.db.tenant(
    run.ctx.tenantId,
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT i.id FROM images i JOIN test_queries q ON q.tenant_id = i.tenant_id AND (q.image_id = i.id OR q.sha256 = i.sha256)
      WHERE i.catalog_id = ${evaluation.catalogId} AND q.test_set_id = ${evaluation.testSetId}`,
  );
  return rows.map((row) => row.id);
}

async function answerAll(
  run: Run,
  evaluation: EvaluationModel,
  how: { index: ResolvedIndex; masked: string[] },
): Promise<void> {
  const { ctx } = run;
  const { db } = ctx.deps;
  const total = await db.tenant(ctx.tenantId, (tx) =>
    tx.testQuery.count({ where: { testSetId: evaluation.testSetId } }),
  );
  const answered = await db.tenant(ctx.tenantId, (tx) =>
    tx.evaluationAnswer.aggregate({ where: { evaluationId: evaluation.id }, _max: { ordinal: true } }),
  );
  let after = answered._max.ordinal ?? -1;
  for (;;) {
    run.signal.throwIfAborted();
    run.progress({ phase: 'search', done: Math.min(total, after + 1), total });
    const queries = await db.tenant(ctx.tenantId, (tx) =>
      tx.testQuery.findMany({
        where: { testSetId: evaluation.testSetId, ordinal: { gt: after } },
        orderBy: { ordinal: 'asc' },
        take: BATCH,
      }),
    );
    const last = queries.at(-1);
    if (!last) return;
    const answers: Answer[] = [];
    const queue = queries.entries();
    const work = async (): Promise<void> => {
      for (const [i, query] of queue)
        answers[i] = await answerQuery(ctx, query, {
          index: how.index,
          crop: evaluation.crop as CropMode,
          maskedIds: how.masked,
        });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await keep(run, evaluation, answers);
    after = last.ordinal;
  }
}

/** Answers of a batch with their ledger rows, which are never billable. */
async function keep(run: Run, evaluation: EvaluationModel, answers: readonly Answer[]): Promise<void> {
  const { ctx } = run;
  await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    await run.assertLease(tx);
    await tx.evaluationAnswer.createMany({
      data: answers.map((answer) => ({ ...answer, tenantId: ctx.tenantId, evaluationId: evaluation.id })),
      skipDuplicates: true,
    });
    const counted = answers.filter((answer) => answer.outcome === 'found' || answer.outcome === 'no_object');
    await tx.usageEvent.createMany({
      data: counted.map((answer) => ({
        tenantId: ctx.tenantId,
        requestId: `${evaluation.id}.${answer.ordinal}`,
        meter: 'search',
        billable: false,
        source: 'evaluation',
        outcome: answer.outcome,
        catalogId: evaluation.catalogId,
      })),
      skipDuplicates: true,
    });
  });
}

async function summarize(
  run: Run,
  evaluation: EvaluationModel,
  how: { index: ResolvedIndex; masked: string[]; seconds: number },
): Promise<EvaluationResult> {
  const { ctx } = run;
  const { testSetId } = evaluation;
  const { answers, unknown } = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const rows = await tx.evaluationAnswer.findMany({
      where: { evaluationId: evaluation.id },
      orderBy: { ordinal: 'asc' },
    });
    const { catalogId } = evaluation;
    return {
      answers: rows.map(await readCategories(tx, { catalogId, photos: rows })),
      unknown: await countUnknownProducts(tx, { testSetIds: [testSetId] }),
    };
  });
  // What was searched is what the engine holds: the build, and all that was written or deleted since.
  const searched = await ctx.deps.engine.stats(how.index.collection);
  const times = answers.map((answer) => answer.ms).filter((ms) => ms > 0);
  return {
    catalog: how.index.catalogName,
    index_version: how.index.id,
    model: { id: how.index.embedModel.manifest.id, sha256: how.index.embedModel.sha256 },
    engine: how.index.engine,
    crop: evaluation.crop as CropMode,
    queries: answers.length,
    failed: answers
      .filter(({ outcome }) => !['found', 'no_object'].includes(outcome))
      .map(({ image, outcome }) => ({ image, code: outcome })),
    self_removed: how.masked.length,
    unknown_products: unknown.get(testSetId) ?? 0,
    gallery: { products: searched.products, images: searched.points },
    ...scoresOfAnswers(answers),
    ms: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    seconds: how.seconds,
  };
}
