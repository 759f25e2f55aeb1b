import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { openShopOverRest, send, sendJson } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

const CATEGORY = { red: 'shoes', green: 'shoes', blue: 'shoes', gold: 'bags', violet: 'bags' };
/** Photos that are not there, all misses: 31 of shoes, 7 of bags, one of both, one of a product without a category. */
const QUERIES = [
  ...Array.from(
    { length: 31 },
    (_, i) => `s${i}.jpg,${['red', 'green', 'blue'][i % 3]},${i % 2 ? 'street' : ''}`,
  ),
  ...Array.from({ length: 7 }, (_, i) => `b${i}.jpg,${i % 2 ? 'gold' : 'violet'},`),
  'both.jpg,red|gold,',
  'none.jpg,teal,',
];

describe.skipIf(!chromiumPath)(`an evaluation by group and category in a browser${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  const part = (name: string): Locator => page.getByRole('region', { name });
  const done = (): Locator => page.locator('[data-testid=evaluation][data-state=done]');
  const evaluate = async (): Promise<void> => {
    const before = await done().count();
    await page.getByRole('button', { name: 'Evaluate' }).first().click();
    await page.locator('dialog[open] button[type=submit]').click();
    await done().nth(before).waitFor({ timeout: 60_000 });
  };

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    await openShopOverRest(product);
    const products = Object.entries(CATEGORY).map(([product_id, category]) => ({ product_id, category }));
    await sendJson(product, '/v1/products:batch', { catalog: 'shop', products });
    const form = new FormData();
    form.set('queries', new Blob([`image,product_id,groups\n${QUERIES.join('\n')}\n`]), 'q.csv');
    const headers = { authorization: `Bearer ${product.apiKey}` };
    const address = `${product.url}/v1/catalogs/shop/evaluations`;
    expect((await fetch(address, { method: 'POST', headers, body: form })).status).toBe(202);
    ({ browser, page } = await openSignedIn(product));
    await page.goto(`${product.url}/default/evaluations`);
    await done().waitFor({ timeout: 60_000 });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('shows the categories of the right products, most photos first, few ones as counts', async () => {
    await done().first().locator('a').first().click();
    const parts = part('By category').locator('li');
    await parts.first().waitFor();
    expect(await parts.locator(':scope > b').allTextContents()).toEqual(['shoes', 'bags']);
    expect(await parts.first().textContent()).toMatch(/32 photos.*0\s%/);
    expect(await parts.last().textContent()).toMatch(/8 photos.*0 of 8/);
    expect(await part('By group').locator('li').allTextContents()).toEqual([
      expect.stringContaining('street'),
    ]);
  }, 60_000);

  it('compares two by category, also in the checks', async () => {
    await page.goto(`${product.url}/default/evaluations`);
    await evaluate();
    await done().first().locator('a').first().click();
    await page.locator('.compare a').first().click();
    await page.getByTestId('checks').getByText('2 categories compared').waitFor();
    await page.getByTestId('checks').getByText('No category is clearly worse').waitFor();
    expect(await part('By category').locator('li').last().textContent()).toMatch(/0 of 8 → 0 of 8\s*0$/);
  }, 120_000);

  it('says nothing of categories where one holds every photo', async () => {
    for (const id of ['red', 'green', 'blue', 'gold', 'violet', 'teal'])
      expect(
        (
          await send(product, `/v1/products/${id}?catalog=shop`, {
            method: 'PUT',
            body: { category: 'goods' },
          })
        ).status,
      ).toBe(200);
    await page.goto(`${product.url}/default/evaluations`);
    await evaluate();
    await done().first().locator('a').first().click();
    await part('By group').waitFor();
    expect(await part('By category').count()).toBe(0);
  }, 120_000);
});
