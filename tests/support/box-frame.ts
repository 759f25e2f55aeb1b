import type { Page } from 'playwright-core';

/** Just enough of the browser's globals for functions that run in the page. */
export type Web = {
  document: { activeElement: { blur(): void } | null };
  scrollTo(x: number, y: number): void;
};
type Point = { x: number; y: number };

/** Where each handle of the frame lies, in parts of the frame. */
export const HANDLES: Record<string, [number, number]> = {
  nw: [0, 0],
  n: [0.5, 0],
  ne: [1, 0],
  e: [1, 0.5],
  se: [1, 1],
  s: [0.5, 1],
  sw: [0, 1],
  w: [0, 0.5],
};

export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

/** Draws the frame anew between two points of the photo, from a dot-free corner of it. */
export async function setFrame(
  page: Page,
  [x1, y1, x2, y2]: [number, number, number, number],
): Promise<void> {
  const photo = await boxOf(page, '.photo');
  await page.keyboard.press('0');
  if (x2 - x1 === 1) return;
  // The whole photo is framed now: pulling two of its corners makes any box.
  const at = (x: number, y: number): Point => ({
    x: photo.x + x * photo.width,
    y: photo.y + y * photo.height,
  });
  await drag(page, at(0, 0), at(x1, y1));
  await drag(page, at(1, 1), at(x2, y2));
}

type Pull = { at: [number, number]; off: number; inward?: boolean };

/** Presses `off` pixels outside a handle and pulls by 30 px: which sides of the frame moved, as "nw", "e" and so on. */
export async function pullHandle(page: Page, { at: [u, v], off, inward = false }: Pull): Promise<string> {
  const before = await frameOf(page);
  const box = await boxOf(page, '.frame');
  const [dx, dy] = [Math.sign(u - 0.5), Math.sign(v - 0.5)];
  const from = { x: box.x + u * box.width + dx * off, y: box.y + v * box.height + dy * off };
  const by = inward ? -30 : 30;
  await drag(page, from, { x: from.x + (dx || 0) * by, y: from.y + (dy || 0) * by });
  const after = await frameOf(page);
  const moved = (side: number): boolean => Math.abs((before[side] ?? 0) - (after[side] ?? 0)) > 0.005;
  return `${moved(1) ? 'n' : ''}${moved(3) ? 's' : ''}${moved(0) ? 'w' : ''}${moved(2) ? 'e' : ''}`;
}

/** The sides of the frame in parts of the photo: left, top, right, bottom. */
export async function frameOf(page: Page): Promise<number[]> {
  return ((await page.locator('.frame').getAttribute('data-frame')) ?? '').split(',').map(Number);
}

/** Where an element is on the screen. */
export async function boxOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not there`);
  return box;
}
