import type { EvaluationScores } from '@likeness/contracts/evaluation';
import { type EvaluationView, listEvaluations } from '@likeness/core/evaluation/get-evaluation';
import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import type { JobView } from '@likeness/core/job/job-view';
import { listJobs } from '@likeness/core/job/list-jobs';
import { listTestSets } from '@likeness/core/test-set/list-test-sets';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { EmptyStart } from '../../../components/empty-start.tsx';
import { COUNTED_BELOW, measuredText } from '../../../components/numbers/measured-share.ts';
import { PageBar } from '../../../components/page-bar.tsx';
import { Picture } from '../../../components/picture.tsx';
import { Share } from '../../../components/share.tsx';
import { EvaluateButton } from '../../../features/evaluations/evaluate-button.tsx';
import { EvaluationState } from '../../../features/evaluations/evaluation-state.tsx';
import { surest } from '../../../features/evaluations/surest.ts';
import { JobRow } from '../../../features/jobs/job-row.tsx';
import { toWire } from '../../../features/jobs/to-wire.ts';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { chosenCatalog, scopeOf } from '../../../server/view/chosen-catalog.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';
import { pictureUrl } from '../../../server/view/product-tile.ts';

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ catalog?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('evaluations') };
}

export default async function Page({ params, searchParams }: Props) {
  const { ctx, tenant } = await requireTenant((await params).tenant);
  const t = await getTranslations('evaluations');
  const [number, format] = [await getTranslations('number'), await getFormatter()];
  const summary = await liveSummary(ctx);
  const catalog = await chosenCatalog(summary, (await searchParams).catalog);
  if (!catalog)
    return (
      <>
        <PageBar crumbs={[{ label: t('title') }]} />
        <EmptyStart catalog={null} />
      </>
    );
  // Before the evaluations: of a job that ends in between, the page still follows the end and reads again.
  const jobs = await listJobs(ctx, { catalogId: catalog.id, kinds: ['evaluate-index'], limit: 200 });
  const [evaluations, versions, sets] = await Promise.all([
    listEvaluations(ctx, { catalogId: catalog.id, take: 50 }),
    listIndexVersions(ctx, { catalogId: catalog.id }),
    listTestSets(ctx, { catalogId: catalog.id }),
  ]);
  const ready = versions.filter((each) => each.state === 'ready');
  // A version is evaluated before it is published, too.
  if (ready.length === 0 && evaluations.length === 0)
    return (
      <>
        <PageBar scope={scopeOf(summary, catalog)} crumbs={[{ label: t('title') }]} />
        <EmptyStart catalog={catalog} />
      </>
    );
  const running = jobs.filter((each) => each.state === 'queued' || each.state === 'running');
  const jobOf = (id: string | null): JobView | undefined => jobs.find((each) => each.id === id);
  const isLive = (id: string): boolean => id === catalog.liveIndexVersionId;
  const sorted = ready.toSorted((a, b) => Number(isLive(b.id)) - Number(isLive(a.id)) || b.number - a.number);
  const done = evaluations.filter((each) => each.result);
  const newest = surest(done.filter((each) => isLive(each.indexVersionId))) ?? surest(done);
  const best = newest?.result?.all;
  const waiting =
    running.length > 0
      ? ({ title: 'firstRuns', lead: 'firstRunsLead' } as const)
      : ({ title: 'none', lead: 'noneLead' } as const);
  const numberOf = (id: string): string => `v${versions.find((each) => each.id === id)?.number ?? ''}`;
  /** A version without a detector finds no box: what it searched is the whole photo. */
  const cropOf = ({ crop, indexVersionId }: EvaluationView): 'auto' | 'given' | 'none' =>
    crop === 'auto' && versions.find((each) => each.id === indexVersionId)?.detectModelId === null
      ? 'none'
      : (crop as 'auto' | 'given' | 'none');
  const base = `/${encodeURIComponent(tenant.slug)}/evaluations`;
  const finding = (version: string, { r1, n, ci95 }: EvaluationScores): string =>
    n < COUNTED_BELOW
      ? t('findingFew', { version, count: Math.round(r1 * n), n })
      : t('finding', {
          version,
          n,
          share: measuredText(format, (values) => number('countOf', values), { share: r1, n, ci: ci95.r1 }),
        });
  return (
    <>
      <PageBar scope={scopeOf(summary, catalog)} crumbs={[{ label: t('title') }]}>
        <EvaluateButton
          catalog={catalog.id}
          testSets={sets.map(({ id, name, queries, boxes }) => ({ id, name, queries, boxes }))}
          versions={sorted.map(({ id, number }) => ({ id, number, live: isLive(id) }))}
        />
      </PageBar>
      <div className="page">
        <h1>{newest && best ? finding(numberOf(newest.indexVersionId), best) : t(waiting.title)}</h1>
        <p className="sub">{t(sets.length === 0 ? 'noSets' : newest ? 'lead' : waiting.lead)}</p>
        {sets.length === 0 && (
          <p className="empty">
            <Link className="btn pri" href={`/${encodeURIComponent(tenant.slug)}/test-sets`}>
              {t('makeSet')}
            </Link>
          </p>
        )}
        {running.map((job) => (
          <section className="sec" key={job.id}>
            <JobRow first={toWire(job)} title={t('running')} />
          </section>
        ))}
        {evaluations.length > 0 && (
          <section className="sec scroll">
            <h2 className="head">{t('past')}</h2>
            <table className="narrow">
              <thead>
                <tr>
                  <th>{t('testSet')}</th>
                  <th>{t('version')}</th>
                  <th className="r">{t('row.r1')}</th>
                  <th className="r hide-s">{t('row.r5')}</th>
                  <th className="r hide-s">{t('p50')}</th>
                  <th className="hide-s">{t('cropTitle')}</th>
                  <th className="r">{t('when')}</th>
                </tr>
              </thead>
              <tbody>
                {evaluations.map((each) => {
                  const set = sets.find((one) => one.id === each.testSetId);
                  const all = each.result?.all;
                  return (
                    <tr key={each.id} data-testid="evaluation" data-state={each.state}>
                      <td className="c-name">
                        <Link className="named" href={`${base}/${each.id}`}>
                          <span className="mini">
                            {set?.covers.slice(0, 3).map((cover) => (
                              <Picture key={cover.id} url={pictureUrl(ctx, cover.displayKey)} alt="" />
                            ))}
                          </span>
                          <b>{set?.name ?? '—'}</b>
                        </Link>
                      </td>
                      <td className="c-sub">
                        {numberOf(each.indexVersionId)}{' '}
                        {isLive(each.indexVersionId) && <span className="tag solid">{t('live')}</span>}
                      </td>
                      <td className="r c-num">
                        {all ? (
                          <Share share={all.r1} n={all.n} ci={all.ci95.r1} />
                        ) : (
                          <EvaluationState job={jobOf(each.jobId)} />
                        )}
                      </td>
                      <td className="r hide-s">
                        {all ? <Share share={all.r5} n={all.n} ci={all.ci95.r5} bold={false} /> : ''}
                      </td>
                      <td className="r hide-s">
                        {each.result?.ms.p50 ? t('ms', { ms: Math.round(each.result.ms.p50) }) : ''}
                      </td>
                      <td className="t2 hide-s">{t(`crop.${cropOf(each)}`)}</td>
                      <td className="r t3 c-num2">
                        <time dateTime={each.createdAt.toISOString()} title={each.createdAt.toISOString()}>
                          {format.relativeTime(each.createdAt)}
                        </time>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </>
  );
}
