import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './product.ts';

const TENANT = 'default';
const app = path.join(root, 'apps/web/src/app');

/**
 * An address of each page that the code has; a page about one thing ("products/[product]") is found by the first link
 * to such a thing on the page above it, and must be found.
 */
export async function everyPage(page: Page, url: string): Promise<string[]> {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
  const patterns = files
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => `/${path.dirname(file).split(path.sep).join('/').replace('[tenant]', TENANT)}`)
    .filter((each) => each !== '/.' && each !== `/${TENANT}`);
  const addresses: string[] = [];
  for (const pattern of patterns.toSorted()) {
    const [above = '', one] = pattern.split(/\/\[/);
    addresses.push(one === undefined ? pattern : await firstLink(page, url, above));
  }
  return addresses;
}

async function firstLink(page: Page, url: string, above: string): Promise<string> {
  await page.goto(`${url}${above}`);
  const href = await page.locator(`main a[href*="${above}/"]`).first().getAttribute('href');
  if (!href) throw new Error(`${above} links to nothing of its own`);
  return href;
}

/** What is wider than the page: the document itself, and each table cell whose text is cut at the right edge. */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Box = { right: number; width: number };
    type Element = { textContent: string | null; getBoundingClientRect(): Box };
    const { document, innerWidth } = globalThis as unknown as {
      innerWidth: number;
      document: {
        documentElement: { scrollWidth: number };
        querySelectorAll(selector: string): Iterable<Element>;
      };
    };
    const wide = document.documentElement.scrollWidth;
    const cut = [...document.querySelectorAll('main td, main th, main .btn, main h1')].filter((each) => {
      const { right, width } = each.getBoundingClientRect();
      return width > 0 && right > innerWidth + 0.5;
    });
    return [
      ...(wide > innerWidth ? [`the page is ${wide} px wide`] : []),
      ...cut.map((each) => `cut: ${each.textContent?.slice(0, 40)}`),
    ];
  });
}

/** Names under pictures that do not lie in the tile that they belong to; a page without any is a mistake of the test. */
export async function namesOutsideTheirTile(page: Page): Promise<string[]> {
  await page.locator('main .clip').first().waitFor();
  return page.evaluate(() => {
    type Box = { left: number; right: number; top: number; bottom: number };
    type Element = {
      textContent: string | null;
      getBoundingClientRect(): Box;
      closest(selector: string): Element | null;
    };
    const { document } = globalThis as unknown as {
      document: { querySelectorAll(selector: string): Iterable<Element> };
    };
    return [...document.querySelectorAll('main .clip')].flatMap((name) => {
      const [inner, outer] = [name, name.closest('li')].map((each) => each?.getBoundingClientRect());
      const inside =
        inner &&
        outer &&
        inner.left >= outer.left - 1 &&
        inner.right <= outer.right + 1 &&
        inner.top >= outer.top - 1 &&
        inner.bottom <= outer.bottom + 1;
      return inside ? [] : [name.textContent ?? ''];
    });
  });
}
