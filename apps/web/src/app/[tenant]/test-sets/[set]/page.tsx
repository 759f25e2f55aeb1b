import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '@likeness/core/context';
import { findCovers, type ProductCover } from '@likeness/core/product/find-covers';
import { getTestSet } from '@likeness/core/test-set/list-test-sets';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { PageBar } from '../../../../components/page-bar.tsx';
import { type Pair, PairList } from '../../../../features/test-sets/pair-list.tsx';
import { RemoveTestSet } from '../../../../features/test-sets/remove-test-set.tsx';
import { requireTenant } from '../../../../server/auth/require-tenant.ts';
import { pictureUrl } from '../../../../server/view/product-tile.ts';

const SHOWN = 120;
/** As many as are looked up at once. */
const COVERS_AT_ONCE = 1000;

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('testSets') };
}

/** A test set as pairs: the photo, and the product that is right. */
export default async function Page({ params }: { params: Promise<{ tenant: string; set: string }> }) {
  const { tenant: slug, set: id } = await params;
  const { ctx, tenant, may } = await requireTenant(slug);
  const t = await getTranslations('testSets');
  const { testSet, queries, evaluations, underWay, inCatalog } = await getTestSet(ctx, {
    testSetId: id,
    take: SHOWN,
  }).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  const covers = await allCovers(ctx, {
    catalogId: testSet.catalogId,
    productIds: queries.flatMap((each) => each.productIds),
  });
  const pairs = queries.map(({ id: queryId, image, displayKey, productIds }): Pair => {
    const rights = productIds.map((productId) => {
      const cover = covers.get(productId);
      const known = cover !== undefined;
      return { productId, title: cover?.title ?? '', url: pictureUrl(ctx, cover?.displayKey), known };
    });
    return { id: queryId, image, url: pictureUrl(ctx, displayKey), rights };
  });
  return (
    <>
      <PageBar
        crumbs={[
          { label: t('title'), href: `/${encodeURIComponent(tenant.slug)}/test-sets` },
          { label: testSet.name },
        ]}
      >
        {may('testsets:write') && (
          <RemoveTestSet
            id={testSet.id}
            name={testSet.name}
            photos={testSet.queries}
            evaluations={evaluations}
          />
        )}
      </PageBar>
      <div className="page">
        <h1>{t('oneFinding', { name: testSet.name, count: testSet.queries })}</h1>
        <p className="sub">{t(`originLead.${testSet.origin}`)}</p>
        {testSet.unknownProducts > 0 && (
          <p className="notice">△ {t('unknownCount', { count: testSet.unknownProducts })}</p>
        )}
        {inCatalog > 0 && <p className="notice warn">△ {t('inCatalog', { count: inCatalog })}</p>}
        {testSet.queries === 0 && (
          <NoPhotos
            slug={tenant.slug}
            way={underWay ? 'underWay' : testSet.origin === 'saved' ? 'saved' : 'made'}
          />
        )}
        <PairList catalog={testSet.catalogId} pairs={pairs} mayWrite={may('testsets:write')} />
        {testSet.queries > queries.length && (
          <p className="t3">{t('firstOnly', { shown: queries.length, count: testSet.queries })}</p>
        )}
      </div>
    </>
  );
}

/** A photo may have several right products, so all of them may be more than are looked up at once. */
async function allCovers(
  ctx: Ctx,
  { catalogId, productIds }: { catalogId: string; productIds: string[] },
): Promise<Map<string, ProductCover>> {
  const wanted = [...new Set(productIds)];
  const all = new Map<string, ProductCover>();
  for (let at = 0; at < wanted.length; at += COVERS_AT_ONCE) {
    const some = await findCovers(ctx, { catalogId, productIds: wanted.slice(at, at + COVERS_AT_ONCE) });
    for (const [id, cover] of some) all.set(id, cover);
  }
  return all;
}

const WHERE = { saved: 'search', made: 'test-sets', underWay: 'evaluations' } as const;

/** A set without photos measures nothing: where photos come from, or that they come. */
function NoPhotos({ slug, way }: { slug: string; way: keyof typeof WHERE }) {
  const t = useTranslations('testSets.empty');
  return (
    <div className="empty">
      <p>{t(`${way}.lead`)}</p>
      <Link className="btn pri" href={`/${encodeURIComponent(slug)}/${WHERE[way]}`}>
        {t(`${way}.act`)}
      </Link>
    </div>
  );
}
