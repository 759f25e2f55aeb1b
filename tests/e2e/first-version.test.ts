import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zipFolder } from '@likeness/cli/zip-folder';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { buildOverRest, fillShopOverRest } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

describe.skipIf(!chromiumPath)(`the first version, built and then published${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-first-'));
  const at = (section: string): string => `${product.url}/default/${section}`;
  const words = async (): Promise<string> => (await page.locator('main').textContent()) ?? '';

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    await fillShopOverRest(product);
    ({ browser, page } = await openSignedIn(product));
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leads to building it while there is none', async () => {
    for (const section of ['overview', 'catalogs', 'search', 'evaluations', 'keys']) {
      await page.goto(at(section));
      await page.locator('main').getByRole('link', { name: 'Build the first version' }).waitFor();
    }
  }, 60_000);

  it('shows the running build in the moment in which the dialog goes', async () => {
    // A server that takes its time, as a busy one does: what the page reads again comes late.
    await page.route(/\/default\/indexes\?.*_rsc=/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await page.goto(at('indexes'), { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Build a version' }).click();
    const build = page.getByRole('dialog').getByRole('button', { name: 'Build', exact: true });
    await build.click();
    await expect.poll(() => build.isDisabled(), { timeout: 5000, interval: 20 }).toBe(true);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await words()).not.toContain('Build the first version');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^v1 is (being )?built/);
    await page.unroute(/\/default\/indexes\?.*_rsc=/);
  }, 60_000);

  it('is then what every page says is built, and leads to publishing', async () => {
    await page.goto(at('indexes'));
    const heading = page.getByRole('heading', { level: 1, name: 'v1 is built. Nothing is live yet.' });
    await heading.waitFor({ timeout: 60_000 });
    const pages = {
      overview: 'v1 is built. Publish it to go live.',
      catalogs: 'v1 built, not live',
      search: 'v1 is built, but nothing is live in this catalog yet.',
      keys: 'Nothing is live in shop yet',
    };
    for (const [section, says] of Object.entries(pages)) {
      await page.goto(at(section));
      const link = page.locator('main').getByRole('link', { name: 'Publish v1…' });
      await link.waitFor();
      expect(await words(), section).toContain(says);
      expect(await words(), section).not.toContain('Build the first version');
      expect(await link.getAttribute('href'), section).toContain('/default/indexes');
    }
  }, 60_000);

  it('can be evaluated before it is published', async () => {
    writeFileSync(path.join(folder, 'q.jpg'), await drawGood(COLOURS.red, 5));
    const { file: photos } = await zipFolder(folder);
    const table = Buffer.from('image,product_id\nq.jpg,red\n');
    await page.goto(at('test-sets'), { waitUntil: 'networkidle' });
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Upload photos/ }).check();
    await dialog.getByLabel('Name').fill('Before');
    await dialog
      .locator('input[name=queries]')
      .setInputFiles({ name: 'q.csv', mimeType: 'text/csv', buffer: table });
    await dialog.locator('input[name=images]').setInputFiles(photos);
    await dialog.getByRole('button', { name: 'Make the test set' }).click();
    await page.waitForURL(/evaluations/);
    await page.locator('tr[data-state=done]', { hasText: 'Before' }).waitFor({ timeout: 60_000 });
    expect(await words()).not.toContain('Publish v1 first');
    await page.getByRole('button', { name: /Evaluate/ }).waitFor();
  }, 90_000);

  it('is published by the one ink button of its page, and only once offered there', async () => {
    await page.goto(at('indexes'), { waitUntil: 'networkidle' });
    expect(await page.locator('.bar .btn.pri').allTextContents()).toEqual(['Publish v1…']);
    expect(await page.getByRole('button', { name: 'Publish v1…' }).count()).toBe(1);
    await page.keyboard.press('Shift+P');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish v1', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('v1 is live.');
    expect(await words(), 'there is none before it').toContain('This one is kept then');
    expect(await page.locator('.bar .btn.pri').allTextContents()).toEqual(['Build a version']);
  }, 60_000);

  it('and those after it are bars that can be seen, and leave a model its name on a phone', async () => {
    for (let i = 0; i < 5; i += 1) await buildOverRest(product, { promote: i % 2 === 0 });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(at('indexes'), { waitUntil: 'networkidle' });
      await page.locator('.lane rect').first().waitFor();
      const bars = await page.locator('.lane rect').all();
      const widths = await Promise.all(bars.map(async (bar) => (await bar.boundingBox())?.width ?? 0));
      expect(widths.length, `at ${width}`).toBeGreaterThanOrEqual(6);
      expect(Math.min(...widths), `at ${width}`).toBeGreaterThanOrEqual(45.9);
    }
    await page.goto(at('models'));
    const name = page.locator('.c-name b').first();
    await name.waitFor();
    expect((await name.boundingBox())?.height, 'one line').toBeLessThan(30);
    await page.locator('.c-num').getByText('in 6 versions').first().waitFor();
    await page
      .locator('.c-num2')
      .getByText(/^[\d,]+ numbers$/)
      .first()
      .waitFor();
  }, 90_000);
});
