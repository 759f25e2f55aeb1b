import { describe, expect, it } from 'vitest';
import { type SampleOptions, type SampleProduct, sampleProduct } from '../generate.ts';
import { generateInThreads, renderProducts } from './render-products.ts';

const options: SampleOptions = { products: 4, seed: 5, size: 96, catalogViews: 1, streetPhotos: 1 };

async function all(stream: AsyncIterable<SampleProduct>): Promise<SampleProduct[]> {
  const products: SampleProduct[] = [];
  for await (const product of stream) products.push(product);
  return products;
}

const bytes = ({ spec, pictures, street }: SampleProduct): string =>
  [
    spec.productId,
    ...[...pictures, ...street].map(({ name, jpeg }) => `${name} ${jpeg.toString('base64')}`),
  ].join('\n');

/** Threads of this process that run a script, as node's own report counts them. */
const workersAlive = (): number =>
  (process.report.getReport() as unknown as { workers: unknown[] }).workers.length;

describe('products from several threads', () => {
  it('are the same bytes in the same order as from one thread and from the main one', async () => {
    const main: string[] = [];
    for (let index = 0; index < options.products; index++)
      main.push(bytes(await sampleProduct(options, index)));
    expect((await all(generateInThreads(options, { threads: 1 }))).map(bytes)).toEqual(main);
    expect((await all(generateInThreads(options, { threads: 2 }))).map(bytes)).toEqual(main);
  }, 60_000);

  it('come in the order asked for, with options of their own', async () => {
    const wanted = (index: number): SampleOptions => ({ ...options, streetPhotos: index === 3 ? 2 : 0 });
    const products = await all(renderProducts(wanted, [3, 1], { threads: 2 }));
    expect(products.map(({ spec, street }) => [spec.index, street.length])).toEqual([
      [3, 2],
      [1, 0],
    ]);
  }, 60_000);

  it('leave no thread behind when the consumer stops early', async () => {
    const before = workersAlive();
    for await (const product of generateInThreads({ ...options, products: 1_000_000 }, { threads: 2 }))
      if (product.spec.index === 1) break;
    expect(workersAlive()).toBe(before);
  }, 60_000);

  it('end with the error of the product that cannot be drawn, and leave no thread behind', async () => {
    const before = workersAlive();
    const broken = (index: number): SampleOptions => ({ ...options, size: index === 1 ? -1 : 96 });
    await expect(all(renderProducts(broken, [0, 1, 2], { threads: 2 }))).rejects.toThrow(
      /Product 1 could not be drawn/,
    );
    expect(workersAlive()).toBe(before);
  }, 60_000);
});
