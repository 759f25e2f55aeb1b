import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from '@likeness/contracts/limits';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drag } from '../support/box-frame.ts';
import { brokenPictures, chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { openShopOverRest } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

const SEARCH = /api\/console\/default\/search/;
const PHONE = { width: 390, height: 740 };
const SOON = { timeout: 20_000 };

describe.skipIf(!chromiumPath)(`the tester when not all goes well, in a browser${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let searches = 0;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-photos-'));
  const at = (address: string): string => `${product.url}/default/${address}`;
  const open = (address: string) => page.goto(at(address), { waitUntil: 'networkidle' });
  const choose = (name: string, buffer: Buffer): Promise<void> =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
  const good = (): Promise<Buffer> => drawGood(Object.values(COLOURS)[0] as string);
  const frame = () => page.locator('.frame').getAttribute('data-frame');

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    ({ browser, page } = await openSignedIn(product));
    page.on('request', (request) => {
      if (SEARCH.test(request.url())) searches += 1;
    });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows no first call that could only fail, but the way to what is missing', async () => {
    await page.goto(at('keys'));
    const waits = page.getByTestId('call-waits');
    await waits.getByText('A search needs a catalog').waitFor();
    expect(await waits.getByRole('link').getAttribute('href')).toBe('/default/catalogs');
    await openShopOverRest(product);
    await page.goto(at('keys'));
    await page.getByTestId('call').waitFor();
  }, 120_000);

  it('refuses an empty photo in words, at the door and on the page, without asking again and again', async () => {
    const empty = { name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) };
    const answer = await page.request.post(`${product.url}/api/console/default/search`, {
      multipart: { image: empty },
      headers: { origin: product.url },
    });
    expect([answer.status(), (await answer.json()).error.code]).toEqual([400, 'image_required']);
    await open('search');
    searches = 0;
    await choose('x.jpg', empty.buffer);
    await page.getByText('This file is empty').waitFor();
    await sleep(500);
    expect(searches).toBeLessThan(2);
  }, 60_000);

  it('names the limit of a photo that is too large, and asks for another one', async () => {
    const large = path.join(folder, 'large.jpg');
    writeFileSync(large, '');
    truncateSync(large, LIMITS.imageBytesMax + 1);
    await page.locator('input[type=file]').setInputFiles(large);
    await page.getByText('a photo may have 25 MB').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Choose another' }).waitFor();
  }, 60_000);

  it('asks twice at most where the kept photo is gone', async () => {
    await choose('good.jpg', await good());
    await page.getByText('Best match').waitFor();
    searches = 0;
    await page.route(SEARCH, (route) =>
      route.fulfill({ status: 410, json: { error: { code: 'image_expired' } } }),
    );
    await page.keyboard.press('0');
    await page.getByText('deleted after its retention').waitFor();
    await sleep(500);
    expect(searches).toBe(2);
    await page.unroute(SEARCH);
  }, 60_000);

  it('keeps what was found in the photo where a key was pressed before the answer', async () => {
    const held: Route[] = [];
    await page.route(SEARCH, (route) => void held.push(route));
    await choose('good.jpg', await good());
    await expect.poll(() => held.length).toBe(1);
    await page.keyboard.press('0');
    await expect.poll(() => held.length).toBe(2);
    // The second is answered before the first.
    for (const route of held.toReversed()) await route.continue();
    await page.getByText('Best match').waitFor();
    await page.locator('.odot').waitFor();
    await page.getByText('Whole photo').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => held.length).toBe(3);
    await held[2]?.continue();
    await page.locator('.obj.chosen').waitFor();
    expect(await frame()).not.toBe('0.0000,0.0000,1.0000,1.0000');
    await page.unroute(SEARCH);
  }, 60_000);

  it('marks results of another box, says what is slow and what is silent, and saves nothing meanwhile', async () => {
    const save = page.getByRole('button', { name: 'Save to a test set' });
    await expect.poll(() => save.isEnabled(), { timeout: 20_000 }).toBe(true);
    await page.route(SEARCH, async (route) => {
      await sleep(9000);
      await route.fulfill({ status: 503, json: { error: { code: 'engine_unavailable' } } });
    });
    await page.route('**/readyz', (route) =>
      route.fulfill({ status: 503, json: { ok: false, part: 'engine' } }),
    );
    await page.keyboard.press('0');
    await page.locator('.waitline', { hasText: 'Still loading' }).waitFor();
    await page.getByText('the index engine is silent').waitFor();
    await page.getByText('What stands below belongs to another box').waitFor();
    expect(await page.locator('.res.stale').count()).toBe(1);
    expect(await save.isDisabled()).toBe(true);
    await page.getByText('v1 is silent').waitFor({ timeout: 25_000 });
    await page.getByTestId('out-of-reach').getByText('the index engine has been silent since').waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => save.isEnabled(), { timeout: 20_000 }).toBe(true);
    expect(await page.locator('.res.stale').count()).toBe(0);
  }, 90_000);

  it('takes the first box back that was drawn where nothing was found', async () => {
    const sharp = (await import('sharp')).default;
    const grey = { width: 300, height: 300, channels: 3, background: '#eeeeee' } as const;
    await choose('blank.jpg', await sharp({ create: grey }).jpeg().toBuffer());
    await page.getByText('We see no product here').waitFor();
    const photo = await page.locator('.photo').boundingBox();
    if (!photo) throw new Error('there is no photo');
    await drag(page, { x: photo.x + 40, y: photo.y + 40 }, { x: photo.x + 200, y: photo.y + 200 });
    await page.getByText('Best match').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('We see no product here').waitFor();
    expect(await page.locator('.frame').count()).toBe(0);
  }, 60_000);

  it('says on every page that the browser is offline, and for how long', async () => {
    await open('indexes');
    await page.context().setOffline(true);
    await page.getByTestId('out-of-reach').getByText('You are offline').waitFor();
    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByTestId('out-of-reach').waitFor();
    expect(page.url(), 'a link leads to no page of the browser’s own').toBe(at('indexes'));
    await page.context().setOffline(false);
    await page.getByTestId('out-of-reach').waitFor({ state: 'detached' });
  }, 60_000);

  it('searches by itself as soon as the net is back', async () => {
    await open('search');
    await choose('back.jpg', await good());
    await page.getByText('Best match').waitFor();
    await page.context().setOffline(true);
    await page.keyboard.press('0');
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.context().setOffline(false);
    await again.waitFor({ state: 'detached' });
    await page.getByText('Best match').waitFor();
  }, 60_000);

  it('has an address for each photo: Back, Forward, a new load and the overview lead to it', async () => {
    await open('search');
    const [first, second] = Object.values(COLOURS) as [string, string];
    const best = () => page.locator('.hero h1').textContent();
    await choose('one.jpg', await drawGood(first));
    await page.waitForURL(/photo=img_/);
    const [one, title] = [page.url(), await best()];
    await choose('two.jpg', await drawGood(second));
    await page.waitForURL((url) => /photo=img_/.test(url.href) && url.href !== one);
    await expect.poll(best, SOON).not.toBe(title);
    await page.goBack();
    await expect.poll(best, SOON).toBe(title);
    expect(page.url()).toBe(one);
    await page.goBack();
    await page.locator('.tester.bare').waitFor();
    await page.goForward();
    await expect.poll(best, SOON).toBe(title);
    await page.reload();
    await expect.poll(best, SOON).toBe(title);
    expect(await brokenPictures(page), 'of a photo that was searched before').toEqual([]);
    await page.evaluate(backAtTheNextEntry);
    await choose('two.jpg', await drawGood(second));
    await page.waitForFunction(() => document.documentElement.dataset.wentBack);
    await expect.poll(best, SOON).toBe(title);
    expect(page.url()).toBe(one);
    await open('overview');
    expect(await page.locator('.recent image').count()).toBeGreaterThan(1);
    expect(await brokenPictures(page), 'of photos that were just searched').toEqual([]);
    await page.getByRole('link', { name: 'Search with this photo again' }).first().click();
    await page.locator('.hero h1').waitFor();
    await open('search?photo=img_01aaaaaaaaaaaaaaaaaaaaaaaa');
    await page.locator('.tester.bare').waitFor();
    await page.getByText('Nothing is here').waitFor();
  }, 90_000);

  it('calls the box of a product what it is, and says where the address names an unknown one', async () => {
    await open('search?product=red');
    await page.locator('.frame .lab', { hasText: 'Stored with the product' }).waitFor();
    await page.getByText('The product was indexed with this box').waitFor();
    await page.getByText('Best match').waitFor();
    expect(await page.locator('.hero h1').textContent(), 'a product is not its own similar').not.toMatch(
      /\bred\b/i,
    );
    expect(await page.locator('.grid a.find').count()).toBeGreaterThan(0);
    expect(await page.locator('.grid a.find[href*="product=red"]').count()).toBe(0);
    await page.goto(at('search?product=unknown'));
    await page.getByText('There is no product unknown in shop').waitFor();
  }, 60_000);

  it('opens the reasons of a match at their top on a phone', async () => {
    await page.setViewportSize(PHONE);
    await open('search?product=red');
    await page.getByRole('button', { name: 'Why', exact: true }).click();
    const drawer = page.locator('dialog[open]');
    const title = await drawer.locator('h2').boundingBox();
    expect(title && title.y >= 0 && title.y < 200).toBe(true);
    const close = await drawer.getByRole('button', { name: 'Close' }).boundingBox();
    expect(close && close.y + close.height <= PHONE.height, 'the way out is in sight').toBe(true);
  }, 60_000);
});

/** Runs in the page: somebody goes back before the console's router has seen the entry that was just made. */
function backAtTheNextEntry(): void {
  const push = window.history.pushState;
  window.history.pushState = (...entry) => {
    window.history.pushState = push;
    push.apply(window.history, entry);
    window.history.back();
    document.documentElement.dataset.wentBack = 'yes';
  };
}
