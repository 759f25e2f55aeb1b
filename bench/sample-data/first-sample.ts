import { renderProducts } from '@likeness/sample-data/threads/render-products';

// What a shop's first start draws: one picture a product, and a street photo of each of the first six.
const [products, threads] = process.argv.slice(2).map(Number) as [number, number];
const STREET = 6;
const options = (index: number) => ({
  products,
  seed: 1,
  size: 800,
  catalogViews: 1,
  streetPhotos: index < STREET ? 1 : 0,
});
let pictures = 0;
for await (const product of renderProducts(options, Array(products).keys(), { threads }))
  pictures += product.pictures.length + product.street.length;
if (pictures !== products + Math.min(STREET, products)) throw new Error(`only ${pictures} pictures came`);
