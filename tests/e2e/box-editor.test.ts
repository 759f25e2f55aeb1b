import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { openShopOverRest } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

const SEARCH = /api\/console\/default\/search/;

describe.skipIf(!chromiumPath)(`the frame on the photo, in a browser${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let searches = 0;
  const frame = async (): Promise<number[]> =>
    ((await page.locator('.frame').getAttribute('data-frame')) ?? '').split(',').map(Number);
  const settled = () => page.locator('.res:not(.stale) .hero h1').waitFor();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    ({ browser, page } = await openSignedIn(product));
    page.on('request', (request) => {
      if (SEARCH.test(request.url())) searches += 1;
    });
    await openShopOverRest(product);
    await page.goto(`${product.url}/default/search?product=red`, { waitUntil: 'networkidle' });
    await settled();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('names the product in each way to similar ones', async () => {
    const names = await page
      .locator('.grid a.find')
      .evaluateAll((links) => links.map((each) => each.getAttribute('aria-label')));
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names).size).toBe(names.length);
    const titles = await page.locator('.grid .nm').allTextContents();
    expect(names).toEqual(titles.map((title) => `Find similar to ${title}`));
  }, 60_000);

  it('is typed as four numbers, in reach of the keys, and searched at once', async () => {
    await page.keyboard.press('0');
    await settled();
    await page.locator('.frame').focus();
    for (let i = 0; i < 20 && !(await isFocused(page, 'summary')); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await field('Left %').inputValue()).toBe('0');
    expect(await field('Width %').inputValue()).toBe('100');
    searches = 0;
    for (const number of ['20', '30,5', '40', '25 %']) {
      await page.keyboard.press('Control+a');
      await page.keyboard.type(number);
      await page.keyboard.press('Tab');
    }
    expect(await frame()).toEqual([0.2, 0.305, 0.6, 0.555]);
    expect(await page.locator('.frame').getAttribute('aria-label')).toContain(
      'Left 20, top 30.5, width 40, height 25 per cent',
    );
    await expect.poll(() => searches).toBeGreaterThan(0);
    await settled();
    searches = 0;
    await field('Left %').fill('10');
    expect(await frame(), 'only what is finished counts').toEqual([0.2, 0.305, 0.6, 0.555]);
    await page.keyboard.press('Enter');
    expect(await frame()).toEqual([0.1, 0.305, 0.5, 0.555]);
    await expect.poll(() => searches).toBe(1);
  }, 60_000);

  it('is taken back from where it was typed, and follows the frame live', async () => {
    await page.keyboard.press('Control+z');
    expect(await frame()).toEqual([0.2, 0.305, 0.6, 0.555]);
    expect(await field('Left %').inputValue()).toBe('20');
    await page.locator('.frame').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    expect(await field('Left %').inputValue()).toBe('21.1');
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    // Back where it was, the frame has its answer; the search that follows is let go by.
    await sleep(400);
    await settled();
  }, 60_000);

  it('stays where it is when no number is typed, and says so; no letter of it is a key of the page', async () => {
    const before = await frame();
    searches = 0;
    await field('Top %').fill('');
    await page.keyboard.type('ws0');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Top %: “ws0” is not a number').waitFor();
    expect(await field('Top %').getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Tab');
    await sleep(400);
    expect(await frame()).toEqual(before);
    expect(searches).toBe(0);
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await field('Top %').focus();
    await page.keyboard.press('Escape');
    expect(await field('Top %').inputValue()).toBe('30.5');
    expect(await page.locator('.sides [role=alert]').count()).toBe(0);
  }, 60_000);

  it('is kept inside the photo and large enough', async () => {
    await field('Width %').fill('0');
    await page.keyboard.press('Enter');
    const photo = await page.locator('.photo').boundingBox();
    const [x1, , x2] = (await frame()) as [number, number, number, number];
    expect((x2 - x1) * (photo?.width ?? 0)).toBeGreaterThan(23);
    expect(x2 - x1).toBeLessThan(0.2);
    await field('Left %').fill('500');
    await page.keyboard.press('Enter');
    expect((await frame())[2]).toBe(1);
    await settled();
  }, 60_000);
});

function isFocused(page: Page, selector: string): Promise<boolean> {
  return page
    .locator(`${selector}:focus`)
    .count()
    .then((count) => count > 0);
}
