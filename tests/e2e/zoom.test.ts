import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxOf, drag, frameOf, type Web } from '../support/box-frame.ts';
import { chromiumPath, openSignedIn, signInOver, unlessSkipped } from '../support/browser.ts';
import { openShopOverRest } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';
import { type Finger, touch } from '../support/touch.ts';

const SMALL = [0.4, 0.4, 0.6, 0.6];

describe.skipIf(!chromiumPath)(`the zoomed photo, in a browser${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  const address = (): string => `${product.url}/default/search?product=red`;
  const level = (on = page) => on.locator('.zoom .level').textContent();
  const width = async (on = page): Promise<number> => (await boxOf(on, '.photo')).width;
  const blur = () => page.evaluate(() => (globalThis as unknown as Web).document.activeElement?.blur());
  /** A place of the photo on the screen. */
  async function at(x: number, y: number, on = page): Promise<{ x: number; y: number }> {
    const photo = await boxOf(on, '.photo');
    return { x: photo.x + x * photo.width, y: photo.y + y * photo.height };
  }
  async function type(box: number[], on = page): Promise<void> {
    const [x1, y1, x2, y2] = box as [number, number, number, number];
    const numbers = { Left: x1, Top: y1, Width: x2 - x1, Height: y2 - y1 };
    if (!(await on.locator('.typebox[open]').count())) await on.locator('.typebox summary').click();
    for (const [name, share] of Object.entries(numbers)) {
      await on.getByRole('textbox', { name: `${name} %`, exact: true }).fill((share * 100).toFixed(1));
      await on.keyboard.press('Enter');
    }
    await settled(on);
  }
  const settled = (on: Page) => on.locator('.res:not(.stale) .hero h1').waitFor();
  function expectNear(box: number[], other: number[], by: number): void {
    for (const [i, side] of box.entries())
      expect(Math.abs(side - (other[i] ?? 9)), `${box}`).toBeLessThan(by);
  }

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    ({ browser, page } = await openSignedIn(product));
    await openShopOverRest(product);
    await page.goto(address(), { waitUntil: 'networkidle' });
    await settled(page);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('grows by a key about the middle of the frame, whose handles stay as large', async () => {
    await type([0.7, 0.6, 0.9, 0.8]);
    await blur();
    const [whole, before] = [await width(), await frameOf(page)];
    const handle = await boxOf(page, '.frame .h.se');
    // One right after the other: the scroll of the first step is not done when the second comes.
    for (const key of ['+', '=', '+']) await page.keyboard.press(key);
    await expect.poll(() => level()).toContain('300');
    expect((await width()) / whole).toBeCloseTo(3, 1);
    expect(await frameOf(page)).toEqual(before);
    const zoomed = await boxOf(page, '.frame .h.se');
    expect([zoomed.width, zoomed.height]).toEqual([handle.width, handle.height]);
    const [view, frame] = [await boxOf(page, '.pview'), await boxOf(page, '.frame')];
    expect(frame.x).toBeGreaterThan(view.x);
    expect(frame.x + frame.width).toBeLessThan(view.x + view.width);
    expect(frame.y + frame.height).toBeLessThan(view.y + view.height);
    for (const key of ['+', '+']) await page.keyboard.press(key);
    await expect.poll(() => level()).toContain('400');
    for (const key of ['-', '-', '-', '-', '-']) await page.keyboard.press(key);
    await expect.poll(() => level()).toContain('100');
    expect(await width()).toBeCloseTo(whole, 0);
  }, 60_000);

  it('is pulled, drawn and stepped in parts of the photo', async () => {
    await type(SMALL);
    await blur();
    for (const key of ['+', '+']) await page.keyboard.press(key);
    await expect.poll(() => level()).toContain('200');
    await drag(page, await at(0.5, 0.5), await at(0.55, 0.45));
    expectNear(await frameOf(page), [0.45, 0.35, 0.65, 0.55], 0.003);
    await drag(page, await at(0.65, 0.55), await at(0.7, 0.62));
    expectNear(await frameOf(page), [0.45, 0.35, 0.7, 0.62], 0.003);
    await page.locator('.frame').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowUp');
    expectNear(await frameOf(page), [0.44, 0.35, 0.69, 0.61], 0.003);
    await drag(page, await at(0.33, 0.38), await at(0.4, 0.52));
    expectNear(await frameOf(page), [0.33, 0.38, 0.4, 0.52], 0.003);
    await settled(page);
  }, 60_000);

  it('is moved by the wheel and by Space, which leave the frame alone', async () => {
    const before = await frameOf(page);
    const from = await at(0.5, 0.5);
    await page.mouse.move(from.x, from.y);
    await page.mouse.wheel(0, 60);
    await expect.poll(async () => (await at(0.5, 0.5)).y).toBeCloseTo(from.y - 60, 0);
    await page.keyboard.down(' ');
    await drag(page, from, { x: from.x + 50, y: from.y + 40 });
    await page.keyboard.up(' ');
    const moved = await at(0.5, 0.5);
    expect([moved.x, moved.y].map(Math.round)).toEqual([from.x + 50, from.y - 20].map(Math.round));
    expect(await frameOf(page)).toEqual(before);
  }, 60_000);

  it('grows under the pointer by Ctrl and the wheel, and shows a frame that went out of sight', async () => {
    const place = await at(0.45, 0.4);
    await page.mouse.move(place.x, place.y);
    const before = await width();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -30);
    await page.keyboard.up('Control');
    await expect.poll(() => width()).toBeGreaterThan(before * 1.2);
    const after = await at(0.45, 0.4);
    expect(Math.hypot(after.x - place.x, after.y - place.y)).toBeLessThan(3);
    await type([0.85, 0.85, 1, 1]);
    const [view, frame] = [await boxOf(page, '.pview'), await boxOf(page, '.frame')];
    await expect
      .poll(async () => (await boxOf(page, '.frame')).x + frame.width)
      .toBeLessThan(view.x + view.width);
    expect((await boxOf(page, '.frame')).y).toBeGreaterThan(view.y);
  }, 60_000);

  it('is wholly seen again by one press', async () => {
    await page.getByRole('button', { name: 'Back to 100 %' }).click();
    await expect.poll(() => level()).toContain('100');
    const [place, photo] = [await boxOf(page, '.pw'), await boxOf(page, '.photo')];
    expect(photo.x).toBeGreaterThanOrEqual(place.x - 1);
    expect(photo.y).toBeGreaterThanOrEqual(place.y - 1);
    expect(photo.x + photo.width).toBeLessThanOrEqual(place.x + place.width + 1);
    expect(photo.y + photo.height).toBeLessThanOrEqual(place.y + place.height + 1);
  }, 60_000);

  it('is zoomed by two fingers, drawn on by one, and is whole in the strip of a phone', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await signInOver(context.request, product);
    const phone = await context.newPage();
    await phone.goto(address(), { waitUntil: 'networkidle' });
    await settled(phone);
    await type(SMALL, phone);
    await phone.evaluate(() => (globalThis as unknown as Web).scrollTo(0, 0));
    await expect.poll(() => phone.locator('.pw.strip').count()).toBe(0);
    const before = await frameOf(phone);
    const whole = await width(phone);
    const fingers = async (apart: number): Promise<Finger[]> => {
      const { x, y } = await at(0.5, 0.5, phone);
      return [
        { x: x - apart, y },
        { x: x + apart, y },
      ];
    };
    await touch(phone, await fingers(40), await fingers(80));
    await expect.poll(async () => (await width(phone)) / whole).toBeCloseTo(2, 1);
    expect(await frameOf(phone), 'the first finger did not pull the frame').toEqual(before);
    await touch(phone, [await at(0.5, 0.5, phone)], [await at(0.55, 0.45, phone)]);
    expectNear(await frameOf(phone), [0.45, 0.35, 0.65, 0.55], 0.01);
    await settled(phone);
    await phone.mouse.move(200, 800);
    await phone.evaluate(() => (globalThis as unknown as Web).scrollTo(0, 5000));
    await phone.locator('.pw.strip').waitFor();
    const photo = await boxOf(phone, '.photo');
    expect(photo.y).toBeGreaterThanOrEqual(0);
    expect(photo.y + photo.height).toBeLessThanOrEqual(121);
    await phone.evaluate(() => (globalThis as unknown as Web).scrollTo(0, 0));
    await expect.poll(async () => (await width(phone)) / whole).toBeCloseTo(2, 1);
    await context.close();
  }, 60_000);
});
