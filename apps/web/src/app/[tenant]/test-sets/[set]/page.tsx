import { AppError } from '@likeness/contracts/errors';
import { findCovers } from '@likeness/core/product/find-covers';
import { getTestSet } from '@likeness/core/test-set/list-test-sets';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PageBar } from '../../../../components/page-bar.tsx';
import { type Pair, PairList } from '../../../../features/test-sets/pair-list.tsx';
import { requireTenant } from '../../../../server/auth/require-tenant.ts';
import { pictureUrl } from '../../../../server/view/product-tile.ts';

const SHOWN = 120;

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('testSets') };
}

/** A test set as pairs: the photo, and the product that is right. */
export default async function Page({ params }: { params: Promise<{ tenant: string; set: string }> }) {
  const { tenant: slug, set: id } = await params;
  const { ctx, tenant, may } = await requireTenant(slug);
  const t = await getTranslations('testSets');
  const { testSet, queries } = await getTestSet(ctx, { testSetId: id, take: SHOWN }).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  const covers = await findCovers(ctx, {
    catalogId: testSet.catalogId,
    productIds: queries.flatMap((each) => each.productIds.slice(0, 1)),
  });
  const pairs = queries.map(({ id: queryId, image, displayKey, productIds: [productId] }): Pair => {
    const cover = covers.get(productId ?? '');
    const right = productId === undefined ? null : { productId, title: cover?.title ?? '' };
    return {
      id: queryId,
      image,
      url: pictureUrl(ctx, displayKey),
      right: right && { ...right, url: pictureUrl(ctx, cover?.displayKey), known: cover !== undefined },
    };
  });
  return (
    <>
      <PageBar
        crumbs={[
          { label: t('title'), href: `/${encodeURIComponent(tenant.slug)}/test-sets` },
          { label: testSet.name },
        ]}
      />
      <div className="page">
        <h1>{t('oneFinding', { name: testSet.name, count: testSet.queries })}</h1>
        <p className="sub">{t(`originLead.${testSet.origin}`)}</p>
        {testSet.unknownProducts > 0 && (
          <p className="notice">△ {t('unknownCount', { count: testSet.unknownProducts })}</p>
        )}
        <PairList catalog={testSet.catalogId} pairs={pairs} mayWrite={may('testsets:write')} />
        {testSet.queries > queries.length && (
          <p className="t3">{t('firstOnly', { shown: queries.length, count: testSet.queries })}</p>
        )}
      </div>
    </>
  );
}
