import { getTenant } from '@likeness/core/tenant/get-tenant';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LookOnly } from '../../../components/look-only.tsx';
import { PageBar } from '../../../components/page-bar.tsx';
import { Account } from '../../../components/settings/account.tsx';
import { BoxWeights } from '../../../components/settings/box-weights.tsx';
import { CropSize } from '../../../components/settings/crop-size.tsx';
import { Retention } from '../../../components/settings/retention.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

export default async function Page({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx, tenant, may } = await requireTenant((await params).tenant);
  const t = await getTranslations('settings');
  const { settings } = await getTenant(ctx);
  const mayWrite = may('tenant:write');
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]} />
      <div className="page narrow">
        <h1>{t('finding', { count: settings.queryRetentionHours })}</h1>
        <p className="sub">{t('lead')}</p>
        {!mayWrite && <LookOnly ctx={ctx} workspace={tenant.name} />}
        <BoxWeights weights={settings.boxWeights} mayWrite={mayWrite} />
        <CropSize side={settings.cropSide} enlarge={settings.cropEnlarge} mayWrite={mayWrite} />
        <Retention hours={settings.queryRetentionHours} mayWrite={mayWrite} />
        <Account />
      </div>
    </>
  );
}
