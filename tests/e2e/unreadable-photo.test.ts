import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { openShopOverRest } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

describe.skipIf(!chromiumPath)(`a photo that cannot be searched, in a browser${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  const choose = (name: string, buffer: Buffer): Promise<void> =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
  const good = (): Promise<Buffer> => drawGood(Object.values(COLOURS)[0] as string);

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    await openShopOverRest(product);
    ({ browser, page } = await openSignedIn(product));
    await page.goto(`${product.url}/default/search`);
    await page.getByText('Choose a photo').waitFor();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('is named for what it is, and the page asks for another one', async () => {
    await expect
      .poll(
        async () => {
          await choose('x.jpg', Buffer.from('%PDF-1.4 hello'));
          const told = page.getByText('it says .jpg, but is PDF').waitFor({ timeout: 3000 });
          return told.then(
            () => true,
            () => false,
          );
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBe(true);
    await page.getByText('Choose another').waitFor();
    expect(await page.locator('.stage').count(), 'no empty stage').toBe(0);
    await choose('good.jpg', await good());
    await page.getByText('Best match').waitFor();
  }, 60_000);

  it('can be tried again where the fault was not its own', async () => {
    const search = /api\/console\/default\/search/;
    await page.route(search, (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'engine_unavailable' } } }),
    );
    await choose('good.jpg', await good());
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.unroute(search);
    await again.click();
    await page.getByText('Best match').waitFor();
    expect(await page.getByRole('alert').filter({ hasText: '✕' }).count()).toBe(0);
  }, 60_000);
});
