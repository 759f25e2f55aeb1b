import { listJobs } from '@likeness/core/job/list-jobs';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LivePulse } from '../../components/live-pulse.tsx';
import { THIN } from '../../components/numbers/measured-share.ts';
import { Share } from '../../components/share.tsx';
import { Shell, type ShellSeat } from '../../components/shell.tsx';
import { requireTenant } from '../../server/auth/require-tenant.ts';
import { type LiveSummary, liveSummary } from '../../server/view/live-summary.ts';

export const dynamic = 'force-dynamic';

const SECTION_OF: Record<string, string> = {
  'import-catalog': 'catalogs',
  'build-index': 'indexes',
  'evaluate-index': 'evaluations',
};

type Props = { params: Promise<{ tenant: string }>; children: ReactNode };

export default async function Layout({ params, children }: Props) {
  const { ctx, tenant, workspaces, may } = await requireTenant((await params).tenant);
  const [summary, jobs] = await Promise.all([
    liveSummary(ctx),
    listJobs(ctx, { states: ['queued', 'running'], limit: 20 }),
  ]);
  const seat: ShellSeat = {
    slug: tenant.slug,
    name: tenant.name,
    workspaces: workspaces.map(({ slug, name, role }) => ({ slug, name, role })),
    products: summary.catalogs.reduce((sum, each) => sum + each.products, 0),
    running: jobs.flatMap((job) => SECTION_OF[job.kind] ?? []),
    hidden: may('audit:read') ? [] : ['audit'],
  };
  return (
    <Shell seat={seat} foot={<LiveFoot summary={summary} />}>
      {children}
    </Shell>
  );
}

/** What shoppers get now, always in sight. */
function LiveFoot({ summary }: { summary: LiveSummary }) {
  const t = useTranslations('shell');
  const format = useFormatter();
  const { live, evaluation, catalogs, catalog } = summary;
  const name = catalogs.length > 1 && <span className="clip">{catalog?.name}</span>;
  if (!live)
    return (
      <div className="livebox">
        <div>
          <b>
            <span className="pulse off" />
            {t('notLive')}
          </b>
          {name}
        </div>
      </div>
    );
  const scores = evaluation?.result?.all;
  return (
    <div className="livebox">
      <div>
        <LivePulse number={live.number} />
        {name || <span>{t('liveProducts', { count: live.products })}</span>}
      </div>
      {name && (
        <div>
          <span>{t('page.products')}</span>
          <span>{format.number(live.products)}</span>
        </div>
      )}
      <div>
        <span>{t('rightFirst')}</span>
        <span>
          {scores ? (
            <Share share={scores.r1} n={scores.n} ci={scores.ci95.r1} bold={false} />
          ) : (
            t('notMeasured')
          )}
        </span>
      </div>
      {evaluation?.result && (
        <div>
          <span>{t('fasterThan')}</span>
          <span>{`${Math.round(evaluation.result.ms.p99)}${THIN}ms`}</span>
        </div>
      )}
    </div>
  );
}
