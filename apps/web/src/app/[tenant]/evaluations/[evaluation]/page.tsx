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
import { listTestSets } from '@likeness/core/test-set/list-test-sets';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { PageBar } from '../../../../components/page-bar.tsx';
import { type Compared, EvaluationReport } from '../../../../features/evaluations/evaluation-report.tsx';
import { EvaluationState } from '../../../../features/evaluations/evaluation-state.tsx';
import { PublishButton } from '../../../../features/indexes/index-actions.tsx';
import { JobRow } from '../../../../features/jobs/job-row.tsx';
import { toWire } from '../../../../features/jobs/to-wire.ts';
import { requireTenant } from '../../../../server/auth/require-tenant.ts';
import { galleryOfOne, galleryOfTwo } from '../../../../server/view/evaluation-gallery.ts';
import { liveSummary } from '../../../../server/view/live-summary.ts';

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
  const { ctx, tenant } = await requireTenant(slug);
  const [t, format] = [await getTranslations('evaluations'), await getFormatter()];
  const evaluation = await getEvaluation(ctx, { evaluationId: id }).catch(missing);
  if (!evaluation.result) return <Unfinished ctx={ctx} slug={tenant.slug} evaluation={evaluation} />;
  const [versions, siblings, sets] = await Promise.all([
    listIndexVersions(ctx, { catalogId: evaluation.catalogId }),
    listEvaluations(ctx, { catalogId: evaluation.catalogId, take: 100 }),
    listTestSets(ctx, { catalogId: evaluation.catalogId }),
  ]);
  const set = sets.find((each) => each.id === evaluation.testSetId);
  const nameOf = (versionId: string): string =>
    `v${versions.find((each) => each.id === versionId)?.number ?? '?'}`;
  const { catalogs } = await liveSummary(ctx);
  const liveId = catalogs.find((each) => each.id === evaluation.catalogId)?.liveIndexVersionId ?? null;
  const publishable = versions.find(
    (each) => each.id === evaluation.indexVersionId && each.state === 'ready' && each.id !== liveId,
  );
  const others = siblings.filter(
    (each) => each.id !== evaluation.id && each.testSetId === evaluation.testSetId && each.result,
  );
  const base = `/${encodeURIComponent(tenant.slug)}/evaluations`;
  const beforeId = (await searchParams).with;
  const pair = beforeId ? await compareTwo(ctx, { beforeId, afterId: evaluation.id }).catch(missing) : null;
  const same = pair?.before.indexVersionId === evaluation.indexVersionId;
  const title = (versionId: string, crop: string): string =>
    same ? `${nameOf(versionId)} · ${t(`crop.${crop as 'auto'}`)}` : nameOf(versionId);
  const after = title(evaluation.indexVersionId, evaluation.crop);
  const before = pair ? title(pair.before.indexVersionId, pair.before.crop) : '';
  const compared: Compared | null = pair?.before.result
    ? { name: before, result: pair.before.result, comparison: pair.comparison }
    : null;
  const gallery = pair
    ? await galleryOfTwo(ctx, pair, { before, after })
    : await galleryOfOne(ctx, evaluation, after);
  return (
    <>
      <PageBar
        crumbs={[
          { label: t('title'), href: base },
          ...(set
            ? [{ label: set.name, href: `/${encodeURIComponent(tenant.slug)}/test-sets/${set.id}` }]
            : []),
          { label: pair ? `${before} / ${after}` : after },
        ]}
      >
        {publishable && (
          <PublishButton
            primary
            catalog={evaluation.catalogId}
            version={{ id: publishable.id, number: publishable.number }}
            live={versions.find((each) => each.id === liveId)?.number ?? null}
          />
        )}
      </PageBar>
      <EvaluationReport
        name={after}
        result={evaluation.result}
        compared={compared}
        gallery={gallery}
        others={others.map((each) => ({
          href: `${base}/${evaluation.id}?with=${each.id}`,
          label: [
            nameOf(each.indexVersionId),
            t(`crop.${each.crop as 'auto'}`),
            format.dateTime(each.createdAt, { dateStyle: 'short', timeStyle: 'short' }),
          ].join(' · '),
        }))}
        alone={`${base}/${evaluation.id}`}
      />
    </>
  );
}

type UnfinishedProps = { ctx: Ctx; slug: string; evaluation: EvaluationView };

/** While its photos are searched, or when its job ended without figures. */
async function Unfinished({ ctx, slug, evaluation }: UnfinishedProps) {
  const t = await getTranslations('evaluations');
  const job = evaluation.jobId ? await getJob(ctx, { jobId: evaluation.jobId }).catch(() => null) : null;
  const runs = job?.state === 'queued' || job?.state === 'running';
  return (
    <>
      <PageBar
        crumbs={[
          { label: t('title'), href: `/${encodeURIComponent(slug)}/evaluations` },
          { label: t(runs ? 'running' : 'noFigures') },
        ]}
      />
      <div className="page">
        <h1>{t(runs ? 'underWay' : 'noFiguresLead')}</h1>
        {job && runs ? (
          <section className="sec">
            <JobRow first={toWire(job)} title={t('running')} />
          </section>
        ) : (
          <p className="sub">
            <EvaluationState job={job ?? undefined} />
          </p>
        )}
      </div>
    </>
  );
}

function missing(error: unknown): never {
  if (error instanceof AppError && error.status < 500) notFound();
  throw error;
}
