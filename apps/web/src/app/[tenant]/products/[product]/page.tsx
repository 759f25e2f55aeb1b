import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '@likeness/core/context';
import { getProduct } from '@likeness/core/product/get-product';
import { searchByImage } from '@likeness/core/search/search-by-image';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { PageBar } from '../../../../components/page-bar.tsx';
import { Picture } from '../../../../components/picture.tsx';
import { requireTenant } from '../../../../server/auth/require-tenant.ts';
import { pictureUrl } from '../../../../server/view/product-tile.ts';

type Props = {
  params: Promise<{ tenant: string; product: string }>;
  searchParams: Promise<{ catalog?: string }>;
};
const NEIGHBOURS = 6;

export async function generateMetadata() {
  return { title: (await getTranslations('shell.page'))('products') };
}

export default async function Page({ params, searchParams }: Props) {
  const { tenant: slug, product: id } = await params;
  const { ctx, tenant } = await requireTenant(slug);
  const t = await getTranslations('products');
  const format = await getFormatter();
  const catalog = (await searchParams).catalog ?? null;
  const product = await getProduct(ctx, { catalog, productId: decodeURIComponent(id) }).catch((error) => {
    if (error instanceof AppError && (error.status === 404 || error.status === 400)) notFound();
    throw error;
  });
  const near = await neighbours(ctx, { catalog: product.catalogId, productId: product.productId });
  const base = `/${encodeURIComponent(tenant.slug)}/products`;
  const query = new URLSearchParams({ catalog: catalog ?? product.catalogId });
  const name = product.title || product.productId;
  const facts: [string, string][] = [
    [t('id'), product.productId],
    ...(product.category ? [[t('category'), product.category] as [string, string]] : []),
    ...(product.price === null
      ? []
      : [[t('price'), format.number(product.price, { minimumFractionDigits: 2 })] as [string, string]]),
    ...Object.entries(product.attributes).map(([key, value]) => [key, String(value)] as [string, string]),
  ];
  return (
    <>
      <PageBar crumbs={[{ label: t('title'), href: `${base}?${query}` }, { label: name }]} />
      <div className="page">
        <h1>{name}</h1>
        {product.description && <p className="sub">{product.description.slice(0, 400)}</p>}
        <div className="product">
          <ul className="shots">
            {product.images.map((image, at) => (
              <li key={image.id}>
                <Picture
                  url={pictureUrl(ctx, image.displayKey)}
                  alt={t('shot', { number: at + 1, name })}
                  color={image.color}
                  whole
                />
              </li>
            ))}
          </ul>
          <dl className="facts">
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
        {near.length > 0 && (
          <section className="sec">
            <h2 className="head">{t('near')}</h2>
            <ul className="tiles">
              {near.map((hit) => (
                <li key={hit.productId}>
                  <Link href={`${base}/${encodeURIComponent(hit.productId)}?${query}`}>
                    <Picture url={pictureUrl(ctx, hit.matched.displayKey)} alt="" />
                    <span className="nm">{hit.title || hit.productId}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

/** What shoppers would see beside it; without a live index there is nothing to show. */
async function neighbours(ctx: Ctx, of: { catalog: string; productId: string }) {
  try {
    const how = { crop: 'auto', many: 'best', limit: NEIGHBOURS + 1, offset: 0 } as const;
    const found = await searchByImage(ctx, { ...of, ...how });
    return found.hits.filter((hit) => hit.productId !== of.productId).slice(0, NEIGHBOURS);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
