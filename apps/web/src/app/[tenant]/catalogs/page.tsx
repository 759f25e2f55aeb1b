import type { CatalogSummary } from '@likeness/core/catalog/list-catalogs';
import type { JobView } from '@likeness/core/job/job-view';
import { listJobs } from '@likeness/core/job/list-jobs';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { PageBar } from '../../../components/page-bar.tsx';
import { Picture } from '../../../components/picture.tsx';
import { ImportButton } from '../../../features/catalogs/catalog-actions.tsx';
import { DeleteCatalog } from '../../../features/catalogs/delete-catalog.tsx';
import { GoOnButton } from '../../../features/catalogs/go-on.tsx';
import { RejectsButton } from '../../../features/catalogs/rejects.tsx';
import { JobFault } from '../../../features/jobs/job-fault.tsx';
import { JobRow } from '../../../features/jobs/job-row.tsx';
import { toWire } from '../../../features/jobs/to-wire.ts';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';
import { pictureUrl } from '../../../server/view/product-tile.ts';
import { waitingVersion } from '../../../server/view/waiting-version.ts';

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ import?: string }> };
type Imported = { products?: number; images?: number; rejected?: number | unknown[]; seconds?: number };

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('catalogs') };
}

export default async function Page({ params, searchParams }: Props) {
  const { ctx, tenant, may } = await requireTenant((await params).tenant);
  const t = await getTranslations('catalogs');
  // Before the counts: of a job that ends in between, the page still follows the end and reads again.
  const jobs = await listJobs(ctx, { kinds: ['import-catalog', 'seed-sample'], limit: 20 });
  const builds = await listJobs(ctx, { kinds: ['build-index'], states: ['queued', 'running'] });
  const { catalogs } = await liveSummary(ctx);
  const ready = new Map(
    await Promise.all(catalogs.map(async (each) => [each.id, await waitingVersion(ctx, each)] as const)),
  );
  const nameOf = (id: string | null): string => catalogs.find((each) => each.id === id)?.name ?? '';
  const running = jobs.filter((each) => each.state === 'queued' || each.state === 'running');
  const past = jobs.filter((each) => each.state !== 'queued' && each.state !== 'running');
  const products = catalogs.reduce((sum, each) => sum + each.products, 0);
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]}>
        <ImportButton
          catalogs={catalogs.map((each) => each.name)}
          open={(await searchParams).import === '1'}
        />
      </PageBar>
      <div className="page">
        <h1>{catalogs.length === 0 ? t('none') : t('finding', { products, catalogs: catalogs.length })}</h1>
        <p className="sub">{t(catalogs.length === 0 ? 'noneLead' : 'lead')}</p>
        {running.length > 0 && (
          <section className="sec">
            <h2>{t('running')}</h2>
            {running.map((job) => (
              <JobRow
                key={job.id}
                first={toWire(job)}
                title={t('importInto', { catalog: nameOf(job.catalogId) || (job.catalogName ?? '') })}
              />
            ))}
          </section>
        )}
        <ul className="sheets">
          {catalogs.map((catalog) => (
            <li key={catalog.id}>
              <Sheet
                slug={tenant.slug}
                catalog={catalog}
                built={ready.get(catalog.id)?.number ?? null}
                covers={catalog.covers.map((each) => pictureUrl(ctx, each.displayKey))}
              />
              <div className="sheetacts">
                {!catalog.liveIndexVersionId && catalog.products > 0 && (
                  <Link
                    className="btn sm"
                    href={`/${encodeURIComponent(tenant.slug)}/indexes?catalog=${encodeURIComponent(catalog.id)}`}
                  >
                    {ready.get(catalog.id)
                      ? t('publish', { number: ready.get(catalog.id)?.number ?? 0 })
                      : t(builds.some((each) => each.catalogId === catalog.id) ? 'beingBuilt' : 'build')}
                  </Link>
                )}
                {may('catalogs:write') && <DeleteCatalog id={catalog.id} name={catalog.name} />}
              </div>
            </li>
          ))}
        </ul>
        {past.length > 0 && <Past jobs={past} nameOf={nameOf} may={may('catalogs:write')} />}
      </div>
    </>
  );
}

type SheetProps = {
  slug: string;
  catalog: CatalogSummary;
  /** Number of the version that waits to be published. */
  built: number | null;
  covers: (string | null)[];
};
function Sheet({ slug, catalog, built, covers }: SheetProps) {
  const t = useTranslations('catalogs');
  const base = `/${encodeURIComponent(slug)}`;
  return (
    <Link className="sheet" href={`${base}/products?catalog=${encodeURIComponent(catalog.name)}`}>
      <span className="contact">
        {Array.from({ length: 8 }, (_, at) => (
          <Picture key={at} url={covers[at] ?? null} alt="" />
        ))}
      </span>
      <span className="row between">
        <b>{catalog.name}</b>
        {catalog.liveIndexVersionId ? (
          <span className="tag solid">{t('live')}</span>
        ) : (
          <span className="tag warn">
            △ {built === null ? t('notLive') : t('builtNotLive', { number: built })}
          </span>
        )}
      </span>
      <span className="t2">{t('counts', { products: catalog.products, images: catalog.images })}</span>
    </Link>
  );
}

/** It began and was not done; what could not be read at the start would fail again. */
const mayGoOn = ({ kind, state, progress }: JobView): boolean =>
  kind === 'import-catalog' &&
  (state === 'canceled' || state === 'failed') &&
  progress !== null &&
  progress.done < progress.total;

type PastProps = { jobs: JobView[]; nameOf(id: string | null): string; may: boolean };
function Past({ jobs, nameOf, may }: PastProps) {
  const t = useTranslations('catalogs');
  const job = useTranslations('job');
  const format = useFormatter();
  return (
    <section className="sec scroll">
      <h2 className="head">{t('past')}</h2>
      <table className="narrow">
        <thead>
          <tr>
            <th>{t('when')}</th>
            <th>{t('catalog')}</th>
            <th className="r">{t('products')}</th>
            <th className="r">{t('pictures')}</th>
            <th>{t('state')}</th>
            <td className="nohead" />
          </tr>
        </thead>
        <tbody>
          {jobs.map((each) => {
            const result = (each.result ?? {}) as Imported;
            const rejected = Array.isArray(result.rejected) ? result.rejected.length : (result.rejected ?? 0);
            return (
              <tr key={each.id} data-testid="past-import" data-state={each.state}>
                <td className="c-sub">
                  <time dateTime={each.createdAt.toISOString()} title={each.createdAt.toISOString()}>
                    {format.relativeTime(each.createdAt)}
                  </time>
                </td>
                <td className="c-name">{nameOf(each.catalogId) || each.catalogName || '—'}</td>
                <td className="r c-num" data-label={t('products')}>
                  {result.products === undefined ? '—' : format.number(result.products)}
                </td>
                <td className="r c-num2" data-label={t('pictures')}>
                  {result.images === undefined ? '—' : format.number(result.images)}
                </td>
                <td className="c-left">
                  <span className={each.state === 'done' ? 'tag good' : 'tag bad'}>
                    {each.state === 'done' ? '✓ ' : '✕ '}
                    {job(`state.${each.state}`)}
                  </span>{' '}
                  {each.state !== 'done' && each.progress && each.progress.total > 0 && (
                    <span className="t2">
                      {t('rowsDone', {
                        done: format.number(each.progress.done),
                        total: format.number(each.progress.total),
                      })}{' '}
                    </span>
                  )}
                  {each.error && (
                    <span className="t2">
                      <JobFault error={each.error} />
                    </span>
                  )}
                </td>
                <td className="r c-right">
                  {rejected > 0 && <RejectsButton jobId={each.id} count={rejected} />}
                  {may && mayGoOn(each) && nameOf(each.catalogId) && <GoOnButton jobId={each.id} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
