import { listKeys } from '@likeness/core/key/change-key';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { FirstCall } from '../../../components/keys/first-call.tsx';
import { KeyTable } from '../../../components/keys/key-table.tsx';
import { NewKey } from '../../../components/keys/new-key.tsx';
import { LookOnly } from '../../../components/look-only.tsx';
import { PageBar } from '../../../components/page-bar.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';
import { waitingVersion } from '../../../server/view/waiting-version.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys'))('title') };
}

export default async function Page({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx, tenant, may } = await requireTenant((await params).tenant);
  const t = await getTranslations('keys');
  const [keys, { catalog }] = await Promise.all([listKeys(ctx), liveSummary(ctx)]);
  const working = keys.filter((key) => !key.revokedAt && !(key.expiresAt && key.expiresAt < new Date()));
  const used = working.filter((key) => key.lastUsedAt !== null);
  const url = process.env.PUBLIC_URL || `http://${(await headers()).get('host')}`;
  const mayWrite = may('keys:write');
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]}>{mayWrite && <NewKey />}</PageBar>
      <div className="page">
        <h1>
          {working.length === 0
            ? t('findingNone')
            : t('finding', { count: working.length, used: used.length })}
        </h1>
        <p className="sub">{t(working.length === 0 ? 'leadNone' : 'lead')}</p>
        {!mayWrite && <LookOnly ctx={ctx} workspace={tenant.name} />}
        {keys.length > 0 && <KeyTable keys={keys} mayWrite={mayWrite} />}
        <FirstCall
          url={url}
          catalog={
            catalog && {
              name: catalog.name,
              live: catalog.liveIndexVersionId !== null,
              ready: (await waitingVersion(ctx, catalog))?.number,
            }
          }
        />
      </div>
    </>
  );
}
