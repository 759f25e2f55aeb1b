import { listEvaluations } from '@likeness/core/evaluation/get-evaluation';
import type { IndexVersionView } from '@likeness/core/index-version/index-view';
import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { listSwitches } from '@likeness/core/index-version/list-switches';
import { listJobs } from '@likeness/core/job/list-jobs';
import { listModels } from '@likeness/core/model/list-models';
import { listTestSets } from '@likeness/core/test-set/list-test-sets';
import { getTranslations } from 'next-intl/server';
import { EmptyStart } from '../../../components/empty-start.tsx';
import { PageBar } from '../../../components/page-bar.tsx';
import { commonExam } from '../../../features/indexes/common-exam.ts';
import { BuildButton } from '../../../features/indexes/index-actions.tsx';
import { nextToPublish } from '../../../features/indexes/next-to-publish.ts';
import { PublishVersion } from '../../../features/indexes/publish-version.tsx';
import { RollBackButton } from '../../../features/indexes/roll-back.tsx';
import { SwitchList } from '../../../features/indexes/switch-list.tsx';
import { Timeline } from '../../../features/indexes/timeline.tsx';
import { lastOf } from '../../../features/indexes/timeline-lanes.ts';
import { TimelineLegend } from '../../../features/indexes/timeline-legend.tsx';
import { type VersionRow, Versions } from '../../../features/indexes/versions.tsx';
import { JobRow } from '../../../features/jobs/job-row.tsx';
import { toWire } from '../../../features/jobs/to-wire.ts';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { chosenCatalog, scopeOf } from '../../../server/view/chosen-catalog.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ catalog?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('indexes') };
}

export default async function Page({ params, searchParams }: Props) {
  const { ctx } = await requireTenant((await params).tenant);
  const t = await getTranslations('indexes');
  // Before what is live: of a job that ends in between, the page still follows the end and reads again.
  const active = await listJobs(ctx, { kinds: ['build-index'], states: ['queued', 'running'] });
  const summary = await liveSummary(ctx);
  const catalog = await chosenCatalog(summary, (await searchParams).catalog);
  if (!catalog)
    return (
      <>
        <PageBar crumbs={[{ label: t('title') }]} />
        <EmptyStart catalog={null} />
      </>
    );
  const jobs = active.filter((each) => each.catalogId === catalog.id);
  const [versions, models, evaluations, switches, sets] = await Promise.all([
    listIndexVersions(ctx, { catalogId: catalog.id }),
    listModels(ctx),
    listEvaluations(ctx, { catalogId: catalog.id, take: 100 }),
    listSwitches(ctx, { catalogId: catalog.id }),
    listTestSets(ctx, { catalogId: catalog.id }),
  ]);
  const exam = commonExam(evaluations);
  const examName = sets.find((each) => each.id === exam?.testSetId)?.name;
  const modelName = (id: string | null): string => models.find((each) => each.id === id)?.modelId ?? '';
  const live = versions.find((each) => each.id === catalog.liveIndexVersionId);
  const previous = versions.find((each) => each.id === catalog.previousIndexVersionId);
  const building = versions.find((each) => each.state === 'building');
  const now = new Date();
  const history = { switches, live: catalog.liveIndexVersionId, now: now.getTime() };
  const rows: VersionRow[] = versions.map((each) => {
    const measured = exam?.results.get(each.id);
    return {
      ...pick(each),
      last: lastOf(each, history),
      model: modelName(each.embedModelId),
      detector: modelName(each.detectModelId),
      measured: measured ? { r1: measured.all.r1, n: measured.all.n, ci: measured.all.ci95.r1 } : null,
    };
  });
  const rowOf = (id: string | undefined): VersionRow | null => rows.find((each) => each.id === id) ?? null;
  const offered = rowOf(nextToPublish(rows, rowOf(live?.id)));
  const finding = live
    ? building
      ? t('findingBoth', { live: live.number, next: building.number })
      : t(live.products === 0 ? 'findingNothing' : 'findingLive', { live: live.number })
    : offered
      ? t(building ? 'findingReadyBoth' : 'findingReady', {
          ready: offered.number,
          next: building?.number ?? 0,
        })
      : building
        ? t('findingFirst', { next: building.number })
        : t('findingNone');
  const waiting = offered ? 'leadReady' : building ? 'leadFirst' : 'leadNone';
  return (
    <>
      <PageBar scope={scopeOf(summary, catalog)} crumbs={[{ label: t('title') }]}>
        {live && previous && (
          <RollBackButton
            catalog={catalog.id}
            live={{ id: live.id, number: live.number }}
            previous={{ id: previous.id, number: previous.number }}
          />
        )}
        <BuildButton
          catalog={catalog.id}
          models={models.map(({ modelId, task }) => ({ id: modelId, task }))}
          primary={offered === null}
        />
        {offered && (
          <PublishVersion
            primary
            catalog={catalog.id}
            version={offered}
            live={rowOf(live?.id)}
            products={catalog.products}
          />
        )}
      </PageBar>
      <div className="page">
        <h1>{finding}</h1>
        <p className="sub">
          {live
            ? t(live.products === 0 ? 'leadNothing' : previous ? 'lead' : 'leadOnly')
            : t(waiting, { products: catalog.products, number: offered?.number ?? 0 })}
        </p>
        {versions.length > 0 && (
          <section className="sec">
            <div className="head">
              <h2>{t('timeline')}</h2>
              <TimelineLegend
                building={building !== undefined}
                back={rows.some(({ last }) => last === 'back')}
              />
            </div>
            <Timeline
              versions={versions.map(stored)}
              live={catalog.liveIndexVersionId}
              switches={switches}
              now={now}
            />
            <SwitchList
              switches={switches}
              numbers={new Map(versions.map(({ id, number }) => [id, number]))}
            />
          </section>
        )}
        {jobs.length > 0 && (
          <section className="sec">
            {jobs.map((job) => (
              <JobRow
                key={job.id}
                first={toWire(job)}
                title={t('building', {
                  number: versions.find((each) => each.jobId === job.id)?.number ?? '',
                })}
              />
            ))}
          </section>
        )}
        {rows.length > 0 && (
          <Versions
            rows={rows}
            catalog={catalog.id}
            live={rowOf(live?.id)}
            offered={offered}
            products={catalog.products}
            exam={exam && examName ? { name: examName, crop: exam.crop } : null}
          />
        )}
      </div>
    </>
  );
}

function pick({ id, number, state, products, images, failures, seconds }: IndexVersionView) {
  return { id, number, state, products, images, failed: failures.length, seconds };
}

/** What the browser may know of a version; failures and models stay here. */
function stored({ id, number, state, images, createdAt, readyAt }: IndexVersionView) {
  return { id, number, state, images, createdAt, readyAt };
}
