import { listJobs } from '@likeness/core/job/list-jobs';
import type { ReactNode } from 'react';
import { LiveFoot } from '../../components/live-foot.tsx';
import { Shell, type ShellSeat } from '../../components/shell.tsx';
import { requireTenant } from '../../server/auth/require-tenant.ts';
import { liveNames, liveSummary } from '../../server/view/live-summary.ts';

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
    <Shell
      seat={seat}
      foot={<LiveFoot slug={tenant.slug} summary={summary} names={await liveNames(ctx, summary)} />}
    >
      {children}
    </Shell>
  );
}
