import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

export type Finger = { x: number; y: number };
const STEPS = 6;

/** Fingers put down one after another, moved together from the first places to the last, and lifted. */
export async function touch(page: Page, from: Finger[], to: Finger[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: Finger[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: fingers.map(({ x, y }, id) => ({ x, y, id })),
    });
  for (let down = 1; down <= from.length; down++) await send('touchStart', from.slice(0, down));
  for (let step = 1; step <= STEPS; step++) {
    const share = step / STEPS;
    await send(
      'touchMove',
      from.map(({ x, y }, i) => ({
        x: x + ((to[i]?.x ?? x) - x) * share,
        y: y + ((to[i]?.y ?? y) - y) * share,
      })),
    );
    await sleep(20);
  }
  await send('touchEnd', []);
  await session.detach();
}
