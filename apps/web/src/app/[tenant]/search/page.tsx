import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '@likeness/core/context';
import { getProduct } from '@likeness/core/product/get-product';
import { listProducts } from '@likeness/core/product/list-products';
import type { ProductView } from '@likeness/core/product/product-view';
import { getTenant } from '@likeness/core/tenant/get-tenant';
import { listTestSets } from '@likeness/core/test-set/list-test-sets';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageBar } from '../../../components/page-bar.tsx';
import { Tester } from '../../../components/tester/tester.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { chosenCatalog, scopeOf } from '../../../server/view/chosen-catalog.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';
import { pictureUrl } from '../../../server/view/product-tile.ts';
import { waitingVersion } from '../../../server/view/waiting-version.ts';

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<{ catalog?: string; product?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tester'))('title') };
}

export default async function Page({ params, searchParams }: Props) {
  const { ctx, tenant } = await requireTenant((await params).tenant);
  const { catalog: wanted, product: named } = await searchParams;
  const [product] = [named].flat();
  const [t, summary] = [await getTranslations('tester'), await liveSummary(ctx)];
  const catalog = await chosenCatalog(summary, wanted);
  const base = `/${encodeURIComponent(tenant.slug)}`;
  const bar = (
    <PageBar scope={catalog ? scopeOf(summary, catalog) : undefined} crumbs={[{ label: t('title') }]} />
  );
  if (!catalog?.liveIndexVersionId) {
    const ready = await waitingVersion(ctx, catalog);
    const [text, action, to] = ready
      ? [t('notPublished', { number: ready.number }), t('toPublish', { number: ready.number }), 'indexes']
      : catalog
        ? [t('notLive'), t('toIndexes'), 'indexes']
        : [t('noCatalog'), t('toCatalogs'), 'catalogs'];
    return (
      <>
        {bar}
        <div className="page">
          <div className="empty">
            <h1>{t('emptyTitle')}</h1>
            <p>{text}</p>
            <Link className="btn pri" href={`${base}/${to}`}>
              {action}
            </Link>
          </div>
        </div>
      </>
    );
  }
  const [{ settings }, samples, own] = await Promise.all([
    getTenant(ctx),
    samplesOf(ctx, catalog.id),
    product ? findProduct(ctx, { catalog: catalog.id, productId: product }) : null,
  ]);
  const url = pictureUrl(ctx, own?.images[0]?.displayKey);
  const why = own ? 'noPicture' : 'noProduct';
  const absent = product && !url ? t(why, { id: product, catalog: catalog.name }) : null;
  return (
    <div className="fill">
      {bar}
      <Tester
        catalog={catalog.id}
        weights={settings.boxWeights}
        samples={samples}
        product={own && url ? { productId: own.productId, url } : null}
        absent={absent}
      />
    </div>
  );
}

/** The product that the address names; null where it is deleted, of another catalog or never was. */
async function findProduct(
  ctx: Ctx,
  named: { catalog: string; productId: string },
): Promise<ProductView | null> {
  try {
    return await getProduct(ctx, named);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

/** Photos of the newest test set, else pictures of the catalog's own goods. */
async function samplesOf(ctx: Ctx, catalogId: string): Promise<{ url: string; name: string }[]> {
  const [sets, page] = await Promise.all([
    listTestSets(ctx, { catalogId }),
    listProducts(ctx, { catalog: catalogId, take: 60 }),
  ]);
  const photos = sets.find((each) => each.origin !== 'held_out' && each.covers.length > 0)?.covers ?? [];
  const goods = page.products.filter((_, i) => i % Math.max(1, Math.floor(page.products.length / 6)) === 0);
  const found = [
    ...photos.map((each) => ({ key: each.displayKey, name: '' })),
    ...goods.map((each) => ({ key: each.images.at(-1)?.displayKey, name: each.title })),
  ];
  return found
    .flatMap(({ key, name }) => {
      const url = pictureUrl(ctx, key);
      return url ? [{ url, name }] : [];
    })
    .slice(0, 6);
}
