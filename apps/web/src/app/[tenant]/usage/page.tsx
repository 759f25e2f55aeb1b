import { listKeys } from '@likeness/core/key/change-key';
import { getTenant } from '@likeness/core/tenant/get-tenant';
import { getUsageDays } from '@likeness/core/usage/get-usage';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { PageBar } from '../../../components/page-bar.tsx';
import { MonthSwitch } from '../../../components/usage/month-switch.tsx';
import { UsageBars } from '../../../components/usage/usage-bars.tsx';
import { UsageTable } from '../../../components/usage/usage-table.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { usageMonth } from '../../../server/view/usage-month.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('usage'))('title') };
}

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ month?: string }> };

export default async function Page({ params, searchParams }: Props) {
  const { ctx, tenant } = await requireTenant((await params).tenant);
  const [t, format] = [await getTranslations('usage'), await getFormatter()];
  const asked = usageMonth((await searchParams).month, ctx.deps.clock.now());
  const [usage, keys, { createdAt }] = await Promise.all([
    getUsageDays(ctx, { from: asked.from, to: asked.to }),
    listKeys(ctx),
    getTenant(ctx),
  ]);
  const billable = usage.days.reduce((sum, day) => sum + day.billable, 0);
  const free = usage.days.reduce((sum, day) => sum + day.free, 0);
  const named = (how: 'long' | 'numeric'): string =>
    format.dateTime(new Date(usage.from), {
      month: 'long',
      timeZone: 'UTC',
      ...(how === 'numeric' ? { year: 'numeric' } : {}),
    });
  const thisYear = new Date(ctx.deps.clock.now()).toISOString().slice(0, 4);
  const month = named(asked.month.startsWith(thisYear) ? 'long' : 'numeric');
  const first = createdAt.toISOString().slice(0, 7);
  const names = new Map(keys.map((key) => [key.id, `${key.name} · ${key.prefix}…${key.last4}`]));
  const empty = billable + free === 0;
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]}>
        {!empty && (
          <a
            className="btn"
            href={`/api/console/${encodeURIComponent(tenant.slug)}/usage?month=${asked.month}`}
            download
          >
            {t('csv')}
          </a>
        )}
      </PageBar>
      <div className="page">
        <h1>
          {empty
            ? t(asked.after ? 'findingNonePast' : 'findingNone', { month })
            : t('finding', { count: billable, free, month })}
        </h1>
        <p className="sub">{t('lead')}</p>
        <MonthSwitch
          name={named('numeric')}
          before={asked.before >= first ? asked.before : null}
          after={asked.after}
        />
        {empty ? (
          asked.after === null && (
            <p className="empty">
              <Link className="btn pri" href={`/${encodeURIComponent(tenant.slug)}/keys`}>
                {t('firstCall')}
              </Link>
            </p>
          )
        ) : (
          <>
            <UsageBars days={usage.days} from={usage.from} to={usage.to} />
            <UsageTable days={usage.days} names={names} />
          </>
        )}
      </div>
    </>
  );
}
