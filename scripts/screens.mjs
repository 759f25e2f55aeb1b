// `npm run screens -- --out DIR [--only search,overview]`: a picture of each page × theme × width × language, to be
// looked at. Uses the product at LIKENESS_URL (with LIKENESS_EMAIL, LIKENESS_PASSWORD), else starts one of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './setup/ensure-chromium.mjs';
import { ensureInstalled, root } from './setup/ensure-installed.mjs';
import { fail, requireNode } from './setup/require-node.mjs';

requireNode();
await ensureInstalled();
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'screens' }, only: { type: 'string' } },
});
const PAGES = [
  'overview',
  'search',
  'catalogs',
  'products',
  'test-sets',
  'evaluations',
  'models',
  'indexes',
  'keys',
  'usage',
  'members',
  'audit',
  'settings',
];
const pages = values.only ? values.only.split(',') : ['sign-in', ...PAGES, 'search-answer', 'evaluation'];
const executablePath = ensureChromium() ?? fail('No Chromium: set CHROMIUM_PATH.');
mkdirSync(values.out, { recursive: true });

const product = process.env.LIKENESS_URL
  ? {
      url: process.env.LIKENESS_URL,
      email: process.env.LIKENESS_EMAIL,
      password: process.env.LIKENESS_PASSWORD,
      stop: async () => {},
    }
  : await startOwn();
const { chromium } = await import('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
let faults = 0;
try {
  for (const locale of ['en', 'zh-CN'])
    for (const theme of ['light', 'dark'])
      for (const width of [390, 1440]) await shootAll({ locale, theme, width });
} finally {
  await browser.close();
  await product.stop();
}
process.stdout.write(`${pages.length * 8} pictures in ${path.resolve(values.out)}, ${faults} page errors\n`);
process.exitCode = faults === 0 ? 0 : 1;

async function shootAll(look) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width === 390 ? 844 : 900 },
    reducedMotion: 'reduce',
  });
  await context.addCookies([
    { name: 'theme', value: look.theme, url: product.url },
    { name: 'locale', value: look.locale, url: product.url },
  ]);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    faults += 1;
    process.stderr.write(`${page.url()}: ${error.message}\n`);
  });
  if (pages.includes('sign-in')) {
    await page.goto(`${product.url}/sign-in`);
    await save(page, 'sign-in', look);
  }
  await signIn(context);
  await page.goto(product.url);
  const base = page.url().replace(/\/overview.*$/, '');
  for (const name of pages.filter((each) => each !== 'sign-in')) {
    await visit(page, base, name);
    await save(page, name, look);
  }
  await context.close();
}

async function visit(page, base, name) {
  const section = { 'search-answer': 'search', evaluation: 'evaluations' }[name] ?? name;
  await page.goto(`${base}/${section}`);
  await page.waitForSelector('main h1');
  if (name === 'search-answer') {
    await page.locator('.samples button').first().click();
    await page.waitForSelector('.foot', { timeout: 30_000 });
  }
  if (name === 'evaluation') {
    const first = page.locator('main a[href*="/evaluations/"]').first();
    if (await first.count()) {
      await first.click();
      await page.waitForURL(/evaluations\/.+/);
      await page.waitForSelector('main h1');
    }
  }
  await page.waitForLoadState('networkidle');
}

async function save(page, name, { locale, theme, width }) {
  await page.waitForTimeout(250);
  const file = path.join(values.out, `${name}.${locale}.${theme}.${width}.png`);
  await page.screenshot({ path: file, fullPage: name !== 'search' && name !== 'search-answer' });
}

async function signIn(context) {
  const { csrfToken } = await (await context.request.get(`${product.url}/api/auth/csrf`)).json();
  const form = { csrfToken, email: product.email, password: product.password, json: 'true' };
  await context.request.post(`${product.url}/api/auth/callback/credentials`, { form });
}

/** A product with the drawn sample shop on a folder and port of its own. */
async function startOwn() {
  const data = mkdtempSync(path.join(os.tmpdir(), 'likeness-screens-'));
  const env = { ...process.env, LIKENESS_DATA: data, PORT: process.env.PORT ?? '3117' };
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text.split('\n').find((each) => each.startsWith('ready {') && each.endsWith('}'));
      if (line) resolve(JSON.parse(line.slice('ready '.length)));
    });
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}`)));
  });
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    rmSync(data, { recursive: true, force: true });
  };
  return { ...ready, stop };
}
