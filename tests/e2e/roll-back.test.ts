import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { buildOverRest, openShopOverRest, sendJson } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

describe.skipIf(!chromiumPath)(`rolling back in a browser${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let [first, second] = ['', ''];
  const at = (section: string): string => `${product.url}/default/${section}`;
  const live = async (): Promise<string | null> => {
    const { catalogs } = await sendJson<{ catalogs: { name: string; live: string | null }[] }>(
      product,
      '/v1/catalogs',
    );
    return catalogs.find(({ name }) => name === 'shop')?.live ?? null;
  };
  /** A page that was just drawn does not listen yet. */
  const pressFor = (key: string, title: RegExp): Promise<void> =>
    expect
      .poll(
        async () => {
          await page.keyboard.press(key);
          return page.getByRole('heading', { level: 2, name: title }).isVisible();
        },
        { timeout: 10_000, interval: 300 },
      )
      .toBe(true);

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    await openShopOverRest(product);
    first = (await live()) ?? '';
    second = await buildOverRest(product, { promote: true });
    ({ browser, page } = await openSignedIn(product));
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('opens with ⇧R, and one click on a reason makes the version before live', async () => {
    expect(await live()).toBe(second);
    await page.goto(at('indexes'));
    await page.getByRole('button', { name: 'Roll back to v1' }).waitFor();
    await pressFor('Shift+R', /Roll back to v1/);
    await page.getByRole('button', { name: 'Goods are missing' }).click();
    await page.getByRole('status').getByText('v1 is live again.').waitFor();
    expect(await live()).toBe(first);
  }, 60_000);

  it('takes it back by the toast', async () => {
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('status').getByText('v2 is live again.').waitFor();
    expect(await live()).toBe(second);
  }, 60_000);

  it('asks for words where no usual reason fits, and shows them in the audit and on the timeline', async () => {
    await page.goto(at('indexes'));
    await page.getByRole('button', { name: 'Roll back to v1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Roll back to v1' }).click();
    expect(await live(), 'without a reason nothing happens').toBe(second);
    await dialog.getByLabel('Another reason').fill('shoes in black come first');
    await dialog.getByRole('button', { name: 'Roll back to v1' }).click();
    await page.getByRole('status').getByText('v1 is live again.').waitFor();
    await page.goto(at('indexes'));
    expect(await page.locator('.turn.back title').allTextContents()).toEqual([
      expect.stringContaining('Goods are missing'),
      expect.stringContaining('shoes in black come first'),
    ]);
    await page.goto(at('audit'));
    await page.getByText('reason: shoes in black come first').waitFor();
  }, 60_000);

  it('opens the publish dialog with ⇧P and the build dialog with B', async () => {
    await page.goto(at('indexes'));
    await page.getByRole('button', { name: 'Publish v2…' }).waitFor();
    await pressFor('Shift+P', /Publish v2/);
    const checks = page.getByRole('dialog').getByTestId('checks');
    await checks.getByText('Every product is in it').waitFor();
    await checks.getByText('Evaluate it to know whether it is better than v1.').waitFor();
    await page.keyboard.press('Escape');
    await pressFor('b', /Build a version/);
  }, 60_000);
});
