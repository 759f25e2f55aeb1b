import { listProducts } from '@likeness/core/product/list-products';
import { getTranslations } from 'next-intl/server';
import { EmptyStart } from '../../../components/empty-start.tsx';
import { PageBar } from '../../../components/page-bar.tsx';
import { FindProducts } from '../../../features/products/find-products.tsx';
import { ProductGrid } from '../../../features/products/product-grid.tsx';
import { shownOf } from '../../../features/products/shown-of.ts';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { chosenCatalog, scopeOf } from '../../../server/view/chosen-catalog.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';
import { toTile } from '../../../server/view/product-tile.ts';

type Props = {
  params: Promise<{ tenant: string }>;
  /** A name that stands twice in the address comes as a list. */
  searchParams: Promise<{ catalog?: string; q?: string | string[]; shown?: string }>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('products') };
}

export default async function Page({ params, searchParams }: Props) {
  const { ctx } = await requireTenant((await params).tenant);
  const t = await getTranslations('products');
  const { catalog: wanted, q, shown } = await searchParams;
  const summary = await liveSummary(ctx);
  const catalog = await chosenCatalog(summary, wanted);
  if (!catalog)
    return (
      <>
        <PageBar crumbs={[{ label: t('title') }]} />
        <EmptyStart catalog={null} />
      </>
    );
  const query = (typeof q === 'string' ? q : '').trim().slice(0, 200) || undefined;
  const page = await listProducts(ctx, { catalog: catalog.id, query, take: shownOf(shown) });
  return (
    <>
      <PageBar scope={scopeOf(summary, catalog)} crumbs={[{ label: t('title') }]} />
      <div className="page wide">
        <h1>{t('finding', { count: catalog.products })}</h1>
        <FindProducts key={catalog.id} catalog={catalog.name} query={query ?? ''} total={page.total} />
        <ProductGrid
          key={`${catalog.id} ${query ?? ''}`}
          catalog={catalog.name}
          query={query ?? ''}
          first={{
            total: page.total,
            next: page.next,
            tiles: page.products.map((each) => toTile(ctx, each)),
          }}
        />
      </div>
    </>
  );
}
