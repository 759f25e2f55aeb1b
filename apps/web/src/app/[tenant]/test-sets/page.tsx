import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { listTestSets } from '@likeness/core/test-set/list-test-sets';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { EmptyStart } from '../../../components/empty-start.tsx';
import { PageBar } from '../../../components/page-bar.tsx';
import { Picture } from '../../../components/picture.tsx';
import { NewTestSet } from '../../../features/test-sets/new-test-set.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { chosenCatalog, scopeOf } from '../../../server/view/chosen-catalog.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';
import { pictureUrl } from '../../../server/view/product-tile.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('testSets') };
}

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ catalog?: string }> };

export default async function Page({ params, searchParams }: Props) {
  const { ctx, tenant } = await requireTenant((await params).tenant);
  const t = await getTranslations('testSets');
  const format = await getFormatter();
  const summary = await liveSummary(ctx);
  const catalog = await chosenCatalog(summary, (await searchParams).catalog);
  if (!catalog)
    return (
      <>
        <PageBar crumbs={[{ label: t('title') }]} />
        <EmptyStart catalog={null} />
      </>
    );
  const [sets, versions] = await Promise.all([
    listTestSets(ctx, { catalogId: catalog.id }),
    listIndexVersions(ctx, { catalogId: catalog.id }),
  ]);
  const photos = sets.reduce((sum, each) => sum + each.queries, 0);
  return (
    <>
      <PageBar scope={scopeOf(summary, catalog)} crumbs={[{ label: t('title') }]}>
        <NewTestSet
          catalog={catalog.id}
          catalogName={catalog.name}
          version={catalog.liveIndexVersionId ?? versions.find((each) => each.state === 'ready')?.id ?? null}
        />
      </PageBar>
      <div className="page">
        <h1>{sets.length ? t('finding', { photos, sets: sets.length }) : t('none')}</h1>
        <p className="sub">{t('lead')}</p>
        <ul className="sheets">
          {sets.map((set) => (
            <li key={set.id}>
              <Link className="sheet" href={`/${encodeURIComponent(tenant.slug)}/test-sets/${set.id}`}>
                <span className="contact">
                  {Array.from({ length: 8 }, (_, at) => (
                    <Picture key={at} url={pictureUrl(ctx, set.covers[at]?.displayKey)} alt="" />
                  ))}
                </span>
                <span className="row between">
                  <b>{set.name}</b>
                  <span className="tag">{t(`origin.${set.origin}`)}</span>
                </span>
                <span className="t2">
                  {t('photos', { count: set.queries })} · {format.relativeTime(set.createdAt)}
                </span>
                {set.unknownProducts > 0 && (
                  <span className="warn">△ {t('unknownCount', { count: set.unknownProducts })}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
