import { existsSync } from 'node:fs';
import { type APIRequestContext, type Browser, chromium, type Page } from 'playwright-core';

const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
/** Where a Chromium is, or null: tests that need one skip by name then. */
export const chromiumPath = PLACES.find((file) => file && existsSync(file)) ?? null;
/** What the name of a suite says where it is skipped. */
export const unlessSkipped = chromiumPath ? '' : ' (skipped: no Chromium; set CHROMIUM_PATH)';

export function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('no Chromium');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}

type Account = { url: string; email: string; password: string };

/** Signs the cookie jar of `request` in, as the form of /sign-in does. */
export async function signInOver(request: APIRequestContext, account: Account): Promise<void> {
  const { csrfToken } = await (await request.get(`${account.url}/api/auth/csrf`)).json();
  const { email, password } = account;
  const form = { csrfToken, email, password, json: 'true' };
  const answer = await request.post(`${account.url}/api/auth/callback/credentials`, { form });
  if (!answer.ok()) throw new Error(`sign-in was refused: ${answer.status()} ${await answer.text()}`);
}

/** A wide page of a new browser in which the account is signed in; close the browser. */
export async function openSignedIn(account: Account): Promise<{ browser: Browser; page: Page }> {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await signInOver(context.request, account);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { browser, page };
}

/** The cookies of a signed-in browser as one header, for calls without a browser. */
export async function sessionCookie(account: Account): Promise<string> {
  const first = await fetch(`${account.url}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const cookies = first.headers.getSetCookie().map((each) => each.split(';')[0]);
  const answer = await fetch(`${account.url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookies.join('; ') },
    body: new URLSearchParams({
      csrfToken,
      email: account.email,
      password: account.password,
      json: 'true',
    }),
  });
  const session = answer.headers.getSetCookie().find((each) => each.includes('likeness-session='));
  if (!session) throw new Error(`sign-in was refused: ${answer.status}`);
  return session.split(';')[0] as string;
}

/** Addresses of the pictures on the page that cannot be shown, those of drawings (SVG) included. */
export async function brokenPictures(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  const addresses = await page.evaluate(() => [
    ...[...document.querySelectorAll('img')].map((each) => each.src),
    ...[...document.querySelectorAll('image')].map((each) => new URL(each.href.baseVal, location.href).href),
  ]);
  const broken: string[] = [];
  for (const address of new Set(addresses.filter((each) => each.startsWith('http')))) {
    const answer = await page.request.get(address);
    if (!answer.ok() || !answer.headers()['content-type']?.startsWith('image/')) broken.push(address);
  }
  return broken;
}
