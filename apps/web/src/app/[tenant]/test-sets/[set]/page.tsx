import { AppError } from '@likeness/contracts/errors';
import { findCovers } from '@likeness/core/product/find-covers';
import { getTestSet } from '@likeness/core/test-set/list-test-sets';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PageBar } from '../../../../components/page-bar.tsx';
import { Picture } from '../../../../components/picture.tsx';
import { requireTenant } from '../../../../server/auth/require-tenant.ts';
import { pictureUrl } from '../../../../server/view/product-tile.ts';

const SHOWN = 120;

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('testSets') };
}

/** A test set as pairs: the photo, and the product that is right. */
export default async function Page({ params }: { params: Promise<{ tenant: string; set: string }> }) {
  const { tenant: slug, set: id } = await params;
  const { ctx, tenant } = await requireTenant(slug);
  const t = await getTranslations('testSets');
  const { testSet, queries } = await getTestSet(ctx, { testSetId: id, take: SHOWN }).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  const covers = await findCovers(ctx, {
    catalogId: testSet.catalogId,
    productIds: queries.flatMap((each) => each.productIds.slice(0, 1)),
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
        <ul className="pairs">
          {queries.map((query) => {
            const [first] = query.productIds;
            const right = covers.get(first ?? '');
            return (
              <li key={query.id}>
                <Picture url={pictureUrl(ctx, query.displayKey)} alt={query.image} />
                <span aria-hidden="true">→</span>
                <Picture url={pictureUrl(ctx, right?.displayKey)} alt={right?.title ?? ''} />
                <span className={first && !right ? 'meta warn clip' : 'meta t2 clip'}>
                  {first === undefined
                    ? t('nothingRight')
                    : (right?.title ?? t('unknown', { product: first }))}
                </span>
              </li>
            );
          })}
        </ul>
        {testSet.queries > queries.length && (
          <p className="t3">{t('firstOnly', { shown: queries.length, count: testSet.queries })}</p>
        )}
      </div>
    </>
  );
}
