import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { openShopOverRest } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

const NAME = 'Street photos';

describe.skipIf(!chromiumPath)(`a test set in a browser${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  const at = (section: string): string => `${product.url}/default/${section}`;
  const done = () => page.locator('[data-testid=evaluation][data-state=done]');

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    await openShopOverRest(product);
    const form = new FormData();
    form.set('queries', new Blob(['image,product_id\na.jpg,red|green|GONE-1\nb.jpg,red\n']), 'q.csv');
    form.set('name', NAME);
    const headers = { authorization: `Bearer ${product.apiKey}` };
    const address = `${product.url}/v1/catalogs/shop/evaluations`;
    expect((await fetch(address, { method: 'POST', headers, body: form })).status).toBe(202);
    ({ browser, page } = await openSignedIn(product));
    await page.goto(at('evaluations'));
    await done().waitFor({ timeout: 60_000 });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('shows all right products of a photo, and loses none but what is unticked', async () => {
    await page.goto(at('test-sets'));
    await page.locator('.sheet', { hasText: NAME }).click();
    const first = page.locator('.pairs .match').first();
    await first.waitFor();
    const notice = page.locator('.notice', { hasText: 'a product that does not exist' });
    expect(await gapAbove(page, notice), 'between the lead and the notice').toBeGreaterThanOrEqual(12);
    expect(await first.locator('.clip').allTextContents()).toEqual([
      'red',
      'green',
      'GONE-1 is not in this catalog',
    ]);
    await first.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('3 products are right.').waitFor();
    await dialog.locator('.rights').getByText('green').click();
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'hidden' });
    await first.getByText('green').waitFor({ state: 'detached' });
    expect(await first.locator('.clip').allTextContents()).toEqual(['red', 'GONE-1 is not in this catalog']);
  }, 60_000);

  it('is compared on the photos that were marked alike, and says which are not', async () => {
    await page.goto(at('evaluations'));
    await page.getByRole('button', { name: 'Evaluate' }).first().click();
    await page.locator('dialog[open] button[type=submit]').click();
    await done().nth(1).waitFor({ timeout: 60_000 });
    await done().first().locator('a').first().click();
    await page.locator('.compare a').first().click();
    await page.getByTestId('left-out').getByText('1 photo was left out: its right product changed').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/0 of 1.*0 of 1/);
    await page.getByTestId('checks').getByText('No difference').waitFor();
    const table = page.getByRole('link', { name: 'The one photo as CSV' });
    const answer = await page.request.get(`${product.url}${await table.getAttribute('href')}`);
    expect((await answer.text()).trim().split('\r\n').at(-1)).toMatch(/^b\.jpg,red,neither,/);
  }, 120_000);

  it('draws the curves inside their column at every width, also before the page has measured it', async () => {
    for (const width of [1440, 1180, 1024, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.reload({ waitUntil: 'networkidle' });
      expect(await outsideTheChart(page), `at ${width}`).toEqual([]);
    }
    const context = await browser.newContext();
    await context.addCookies(await page.context().cookies());
    // The page as it is before its code has come.
    await context.route('**/_next/static/**/*.js', (route) => route.abort());
    const plain = await context.newPage();
    for (const width of [1440, 1024, 390]) {
      await plain.setViewportSize({ width, height: 900 });
      await plain.goto(page.url());
      expect(await outsideTheChart(plain), `at ${width}, not yet measured`).toEqual([]);
    }
    await context.close();
    await page.setViewportSize({ width: 1440, height: 900 });
  }, 60_000);

  it('is removed with its evaluations after its name was typed, and the audit has it', async () => {
    await page.goto(at('test-sets'));
    await page.locator('.sheet', { hasText: NAME }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 photos and 2 evaluations go for good.').waitFor();
    const button = dialog.locator('button[type=submit]');
    expect(await button.isDisabled(), 'the name is not typed yet').toBe(true);
    await dialog.getByLabel(`Type ${NAME} to confirm`).fill(NAME);
    await button.click();
    await page.waitForURL(at('test-sets'));
    await page.locator('.sheet').waitFor({ state: 'detached' });
    await page.goto(at('evaluations'));
    expect(await page.getByTestId('evaluation').count()).toBe(0);
    await page.goto(at('audit'));
    await page.getByText('Removed a test set').waitFor();
  }, 60_000);
});

/** Texts and the drawing itself where they leave the column of the CMC chart, in which they would be cut. */
async function outsideTheChart(page: Page): Promise<string[]> {
  await page.getByTestId('cmc').waitFor();
  const column = await page.getByTestId('cmc').boundingBox();
  if (!column) throw new Error('there is no chart');
  const drawn = page.locator('[data-testid=cmc] svg, [data-testid=cmc] text');
  const boxes = await Promise.all(
    (await drawn.all()).map(async (each) => [await each.textContent(), await each.boundingBox()] as const),
  );
  return boxes.flatMap(([text, box]) =>
    box && (box.x < column.x - 1 || box.x + box.width > column.x + column.width + 1)
      ? [
          `${text?.slice(0, 20)}: ${Math.round(box.x - column.x)} to ${Math.round(box.x + box.width - column.x)} of ${column.width}`,
        ]
      : [],
  );
}

async function gapAbove(page: Page, notice: Locator): Promise<number> {
  const [lead, box] = [await page.locator('.page > .sub').boundingBox(), await notice.boundingBox()];
  return (box?.y ?? 0) - ((lead?.y ?? 0) + (lead?.height ?? 0));
}
