import { listKeys } from '@likeness/core/key/change-key';
import { getUsageDays } from '@likeness/core/usage/get-usage';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { PageBar } from '../../../components/page-bar.tsx';
import { UsageBars } from '../../../components/usage/usage-bars.tsx';
import { UsageTable } from '../../../components/usage/usage-table.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('usage'))('title') };
}

export default async function Page({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx, tenant } = await requireTenant((await params).tenant);
  const [t, format] = [await getTranslations('usage'), await getFormatter()];
  const [usage, keys] = await Promise.all([getUsageDays(ctx, {}), listKeys(ctx)]);
  const billable = usage.days.reduce((sum, day) => sum + day.billable, 0);
  const free = usage.days.reduce((sum, day) => sum + day.free, 0);
  const month = format.dateTime(new Date(usage.from), { month: 'long', timeZone: 'UTC' });
  const names = new Map(keys.map((key) => [key.id, `${key.name} · ${key.prefix}…${key.last4}`]));
  const csv = [
    'day,meter,key_id,source,billable,free',
    ...usage.days.map((day) =>
      [day.day, day.meter, day.keyId ?? '', day.source, day.billable, day.free].join(','),
    ),
  ].join('\n');
  const empty = billable + free === 0;
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]}>
        <a
          className="btn"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`}
          download={`likeness-usage-${usage.from.slice(0, 7)}.csv`}
        >
          {t('csv')}
        </a>
      </PageBar>
      <div className="page">
        <h1>{empty ? t('findingNone', { month }) : t('finding', { count: billable, free, month })}</h1>
        <p className="sub">{t('lead')}</p>
        {empty ? (
          <p className="empty">
            <Link className="btn pri" href={`/${encodeURIComponent(tenant.slug)}/keys`}>
              {t('firstCall')}
            </Link>
          </p>
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
