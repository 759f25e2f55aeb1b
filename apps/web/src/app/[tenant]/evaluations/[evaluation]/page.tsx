import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '@likeness/core/context';
import { compareTwo } from '@likeness/core/evaluation/compare-evaluations';
import {
  type EvaluationView,
  getEvaluation,
  listEvaluations,
} from '@likeness/core/evaluation/get-evaluation';
import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { getJob } from '@likeness/core/job/get-job';
import type { JobView } from '@likeness/core/job/job-view';
import { listTestSets } from '@likeness/core/test-set/list-test-sets';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { PageBar } from '../../../../components/page-bar.tsx';
import { EvaluationReport } from '../../../../features/evaluations/evaluation-report.tsx';
import type { Compared } from '../../../../features/evaluations/finding.tsx';
import { RemoveEvaluation } from '../../../../features/evaluations/remove-evaluation.tsx';
import { type Side, sideNames, written } from '../../../../features/evaluations/side-names.ts';
import { requireTenant } from '../../../../server/auth/require-tenant.ts';
import { openGallery } from '../../../../server/view/evaluation-gallery.ts';
import { liveSummary } from '../../../../server/view/live-summary.ts';
import { PublishOffer } from './publish-offer.tsx';
import { Unfinished } from './unfinished.tsx';

type Props = {
  params: Promise<{ tenant: string; evaluation: string }>;
  searchParams: Promise<{ with?: string }>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('evaluations') };
}

/** One evaluation, or (`?with=`) two of the same test set side by side. */
export default async function Page({ params, searchParams }: Props) {
  const { tenant: slug, evaluation: id } = await params;
  const { ctx, tenant, may } = await requireTenant(slug);
  const [t, format] = [await getTranslations('evaluations'), await getFormatter()];
  const { evaluation, job } = await readEvaluation(ctx, id).catch(missing);
  const [versions, siblings, sets] = await Promise.all([
    listIndexVersions(ctx, { catalogId: evaluation.catalogId }),
    listEvaluations(ctx, { catalogId: evaluation.catalogId, take: 100 }),
    listTestSets(ctx, { catalogId: evaluation.catalogId }),
  ]);
  const set = sets.find((each) => each.id === evaluation.testSetId);
  const nameOf = (versionId: string): string =>
    `v${versions.find((each) => each.id === versionId)?.number ?? '?'}`;
  const remove = may('catalogs:write') && (
    <RemoveEvaluation
      id={evaluation.id}
      testSet={set?.name ?? ''}
      version={nameOf(evaluation.indexVersionId)}
    />
  );
  if (!evaluation.result)
    return (
      <Unfinished
        slug={tenant.slug}
        job={job}
        version={nameOf(evaluation.indexVersionId)}
        testSet={set?.name ?? ''}
        remove={remove}
      />
    );
  const { catalogs } = await liveSummary(ctx);
  const catalog = catalogs.find((each) => each.id === evaluation.catalogId);
  const others = siblings.filter(
    (each) => each.id !== evaluation.id && each.testSetId === evaluation.testSetId && each.result,
  );
  const base = `/${encodeURIComponent(tenant.slug)}/evaluations`;
  const beforeId = (await searchParams).with;
  const pair =
    beforeId && beforeId !== evaluation.id
      ? await compareTwo(ctx, { beforeId, afterId: evaluation.id }).catch(missing)
      : null;
  const sideOf = ({ indexVersionId, crop, createdAt }: EvaluationView): Side => ({
    version: nameOf(indexVersionId),
    crop,
    at: createdAt,
  });
  const names = sideNames([...(pair ? [pair.before] : []), evaluation].map(sideOf), {
    crop: (crop) => t(`crop.${crop as 'auto'}`),
    day: (at) => format.dateTime(at, { dateStyle: 'medium' }),
    time: (at, precision) => format.dateTime(at, { timeStyle: precision === 'minute' ? 'short' : 'medium' }),
  });
  const [before, after] = [names[0] ?? [], names.at(-1) ?? []];
  const compared: Compared | null = pair?.before.result
    ? {
        id: pair.before.id,
        name: before,
        result: pair.before.result,
        comparison: pair.comparison,
        leftOut: pair.leftOut,
      }
    : null;
  const gallery = await openGallery(ctx, { evaluationId: evaluation.id, beforeId: pair?.before.id });
  return (
    <>
      <PageBar
        crumbs={[
          { label: t('title'), href: base },
          ...(set
            ? [{ label: set.name, href: `/${encodeURIComponent(tenant.slug)}/test-sets/${set.id}` }]
            : []),
          { label: names.map(written).join(' / ') },
        ]}
      >
        {!pair && remove}
        {catalog && (
          <PublishOffer
            catalog={catalog}
            versions={versions}
            evaluation={evaluation}
            siblings={siblings}
            pair={pair}
          />
        )}
      </PageBar>
      <EvaluationReport
        id={evaluation.id}
        name={after}
        result={pair?.after.result ?? evaluation.result}
        compared={compared}
        gallery={gallery}
        others={others.map((each) => ({
          href: `${base}/${evaluation.id}?with=${each.id}`,
          label: [
            nameOf(each.indexVersionId),
            t(`crop.${each.crop as 'auto'}`),
            format.dateTime(each.createdAt, { dateStyle: 'medium', timeStyle: 'short' }),
          ].join(' · '),
        }))}
        alone={`${base}/${evaluation.id}`}
      />
    </>
  );
}

/** An evaluation, and its job while it has no result; read once more where the job has ended since the first look. */
async function readEvaluation(
  ctx: Ctx,
  evaluationId: string,
): Promise<{ evaluation: EvaluationView; job: JobView | null }> {
  const evaluation = await getEvaluation(ctx, { evaluationId });
  if (evaluation.result || !evaluation.jobId) return { evaluation, job: null };
  const job = await getJob(ctx, { jobId: evaluation.jobId }).catch(() => null);
  if (job?.state !== 'done') return { evaluation, job };
  return { evaluation: await getEvaluation(ctx, { evaluationId }), job };
}

function missing(error: unknown): never {
  if (error instanceof AppError && error.status < 500) notFound();
  throw error;
}
