import { listJobs } from '@likeness/core/job/list-jobs';
import { listKeys } from '@likeness/core/key/change-key';
import { getUsage } from '@likeness/core/usage/get-usage';
import { listRecentSearches, searchesOfLastDay, wasCalledByKey } from '@likeness/core/usage/recent-searches';
import { Camera, Upload } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Figures } from '../../../components/overview/figures.tsx';
import { JustSearched } from '../../../components/overview/just-searched.tsx';
import { NextSteps, type Step } from '../../../components/overview/next-steps.tsx';
import { OverviewKeys } from '../../../components/overview/overview-keys.tsx';
import { RunningJobs } from '../../../components/overview/running-jobs.tsx';
import { PageBar } from '../../../components/page-bar.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { chosenCatalog, scopeOf } from '../../../server/view/chosen-catalog.ts';
import { liveSummary, liveVersion } from '../../../server/view/live-summary.ts';
import { pictureUrl } from '../../../server/view/product-tile.ts';
import { waitingVersion } from '../../../server/view/waiting-version.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') };
}

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ catalog?: string }> };

export default async function Page({ params, searchParams }: Props) {
  const { ctx, tenant, may } = await requireTenant((await params).tenant);
  const t = await getTranslations('overview');
  const base = `/${encodeURIComponent(tenant.slug)}`;
  const summary = await liveSummary(ctx);
  const catalog = await chosenCatalog(summary, (await searchParams).catalog);
  const [recent, day, keys, jobs, usage, called] = await Promise.all([
    listRecentSearches(ctx, { take: 7, catalogId: catalog?.id }),
    searchesOfLastDay(ctx, { catalogId: catalog?.id }),
    may('keys:read') ? listKeys(ctx) : [],
    listJobs(ctx, { states: ['queued', 'running'], limit: 5 }),
    getUsage(ctx, {}),
    wasCalledByKey(ctx),
  ]);
  const [{ live, evaluation }, ready] = await Promise.all([
    liveVersion(ctx, catalog),
    waitingVersion(ctx, catalog),
  ]);
  const scores = evaluation?.result?.all;
  const products = catalog?.products ?? 0;
  const covers = (catalog?.covers ?? []).map((each) => pictureUrl(ctx, each.displayKey));
  const steps: Step[] = [
    { name: 'goods', done: products > 0, href: `${base}/catalogs`, covers, count: products },
    {
      name: 'index',
      done: live !== null,
      href: `${base}/indexes`,
      covers,
      count: (live ?? ready)?.number ?? 0,
    },
    { name: 'search', done: recent.length > 0, href: `${base}/search`, covers, count: day.searches },
    {
      name: 'evaluate',
      done: evaluation !== null,
      href: `${base}/evaluations`,
      covers: [],
      count: scores?.n ?? 0,
      cmc: scores?.cmc,
      measured: scores && { share: scores.r1, n: scores.n, ci: scores.ci95.r1 },
    },
    { name: 'key', done: called, href: `${base}/keys`, covers, count: keys.length },
  ];
  const left = steps.filter((step) => !step.done).length;
  const finding = !catalog
    ? 'findingEmpty'
    : !live
      ? ready
        ? 'findingReady'
        : 'findingNotLive'
      : live.products === 0
        ? 'findingNothing'
        : left === 0
          ? 'findingAll'
          : 'findingLive';
  return (
    <>
      <PageBar scope={catalog ? scopeOf(summary, catalog) : undefined} crumbs={[{ label: t('title') }]}>
        <Link className="btn" href={`${base}/catalogs`}>
          <Upload />
          {t('import')}
        </Link>
        <Link className="btn" href={`${base}/search`}>
          <Camera />
          {t('search')}
        </Link>
      </PageBar>
      <div className="page">
        <h1>{t(finding, { number: ready?.number ?? 0 })}</h1>
        <p className="sub">
          {t(`${finding}Lead`, {
            number: (live ?? ready)?.number ?? 0,
            left,
            products: (live ?? ready)?.products ?? products,
          })}
        </p>
        <NextSteps steps={steps} />
        <OverviewKeys steps={steps.map((step) => step.href)} search={`${base}/search`} />
        <Figures day={day} usage={usage} />
        {jobs.length > 0 && <RunningJobs jobs={jobs} />}
        <JustSearched
          base={base}
          slug={tenant.slug}
          searches={recent.map((each) => ({
            ...each,
            firstUrl: pictureUrl(ctx, each.first?.displayKey),
          }))}
        />
      </div>
    </>
  );
}
