import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openSignedIn, unlessSkipped } from '../support/browser.ts';
import { openShopOverRest } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';

describe.skipIf(!chromiumPath)(`keys, the palette and the record of changes${unlessSkipped}`, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  const at = (section: string): string => `${product.url}/default/${section}`;
  const open = async (section: string): Promise<void> => {
    // A page that was just drawn does not listen yet.
    await page.goto(at(section), { waitUntil: 'networkidle' });
  };

  beforeAll(async () => {
    product = await startProduct({ seed: 'none' });
    await openShopOverRest(product);
    ({ browser, page } = await openSignedIn(product));
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('a secret that is shown once stays in sight whatever letters are typed', async () => {
    await open('keys');
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('Shop page');
    await page.getByRole('radio', { name: /Choose/ }).check();
    await page.getByRole('button', { name: 'Create the key' }).click();
    await page.getByText('Choose at least one scope.').waitFor();
    await page.getByRole('checkbox', { name: 'search:run' }).check();
    await page.getByLabel('Last day').fill('2099-12-31');
    await page.getByRole('button', { name: 'Create the key' }).click();
    const secret = page.getByTestId('secret');
    await secret.waitFor();
    for (const key of ['g', 'o', 'g', 's', '?', 'Escape', 'Control+k', 'Meta+k'])
      await page.keyboard.press(key);
    // A browser asks no more after a click on the page and an Esc that was refused.
    await page.getByTestId('secret').click();
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(400);
    expect(page.url()).toContain('/keys');
    expect(await secret.isVisible()).toBe(true);
    expect(await page.locator('.palette').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'I have stored it' }).check();
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.locator('tr', { hasText: 'Shop page' }).textContent()).toContain('search:run');
  }, 60_000);

  it('a key that was rotated is not offered to be rotated again', async () => {
    const row = page.locator('tr', { hasText: 'Shop page' });
    await row.getByRole('button', { name: 'Rotate' }).click();
    await page.getByRole('checkbox', { name: 'I have stored it' }).check();
    await page.getByRole('button', { name: 'Close' }).click();
    const old = row.filter({ hasText: 'replaced' });
    await old.waitFor();
    expect(await old.getByRole('button').allTextContents()).toEqual(['Revoke']);
  }, 60_000);

  it('⌘K finds a product, a version, a key and a person below the pages', async () => {
    await page.keyboard.press('Control+k');
    const items = page.locator('.palette [cmdk-item]');
    const found = async (words: string, name: RegExp): Promise<void> => {
      await page.getByPlaceholder('Find or jump to').fill(words);
      await items.filter({ hasText: name }).first().waitFor();
    };
    await found('shop pa', /Shop page.*API key/);
    await found(product.email, /Member/);
    await found('v1', /v1.*shop.*Index version/);
    await found('violet', /violet.*Product/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/products\/violet/);
    expect(await page.locator('.tiles .t3').count(), 'no raw scores').toBe(0);
  }, 60_000);

  it('products are found while one types, and % stands for itself', async () => {
    await open('products');
    const field = page.getByRole('searchbox');
    await field.pressSequentially('viol');
    await page.waitForURL(/q=viol/);
    await page.locator('.tiles li').nth(1).waitFor({ state: 'detached' });
    expect(await page.locator('.tiles li').count()).toBe(1);
    expect(await page.locator('input:focus').getAttribute('name')).toBe('q');
    await field.fill('%');
    await page.getByText('No products match.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.locator('.tiles li').nth(1).waitFor();
    expect(await field.inputValue()).toBe('');
  }, 60_000);

  it('the audit says which weights were changed, from what to what, and is downloaded whole', async () => {
    await open('settings');
    const centre = page.getByRole('slider', { name: /Centre/ });
    await centre.press('ArrowRight');
    await centre.press('Shift+ArrowRight');
    const values = await page.locator('.sliders output').allTextContents();
    expect(values[0]).toBe('0.36');
    expect(values.reduce((sum, each) => sum + Math.round(Number(each) * 100), 0)).toBe(100);
    await page.getByRole('button', { name: 'Save the weights' }).click();
    await page.getByText('Saved.').waitFor();
    await open('audit');
    const line = page.locator('tr', { hasText: 'Changed settings' });
    expect(await line.textContent()).toContain('Weight of the centre: 0.3 → 0.36');
    expect(await line.textContent()).not.toContain('Longer side');
    expect(await line.locator('.address').textContent()).toMatch(/127\.0\.0\.1|::1/);
    await page.locator('tr', { hasText: 'Published a version' }).getByText('v1 of shop').first().waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export as CSV' }).click();
    expect((await waiting).suggestedFilename()).toMatch(/^likeness-audit-.*\.csv$/);
  }, 60_000);

  it('what two tabs change is not lost to the last one, which sees both values and chooses', async () => {
    const other = await page.context().newPage();
    const openBoth = () =>
      Promise.all([page, other].map((each) => each.goto(at('settings'), { waitUntil: 'networkidle' })));
    const save = async (tab: Page, hours: string): Promise<void> => {
      await tab.getByRole('spinbutton', { name: 'Hours' }).fill(hours);
      await tab.getByRole('button', { name: 'Save the retention' }).click();
    };
    const conflict = other.getByRole('alert').filter({ hasText: 'Somebody changed this while you did.' });
    const kept = (hours: number) =>
      other.getByRole('heading', { level: 1, name: `Photos of shoppers are kept for ${hours} hours.` });
    await openBoth();
    await save(page, '48');
    await page.getByText('Saved.').waitFor();
    await save(other, '12');
    await conflict.waitFor();
    expect(await conflict.locator('dd').allTextContents()).toEqual(['48 hours', '12 hours']);
    await kept(48).waitFor();
    await conflict.getByRole('button', { name: 'Save mine' }).click();
    await conflict.waitFor({ state: 'detached' });
    await kept(12).waitFor();
    await openBoth();
    await save(page, '36');
    await page.getByText('Saved.').waitFor();
    await other.getByRole('slider', { name: /Centre/ }).press('ArrowRight');
    await other.getByRole('button', { name: 'Save the weights' }).click();
    await other.getByText('Saved.').waitFor();
    await kept(36).waitFor();
    expect(await other.getByRole('spinbutton', { name: 'Hours' }).inputValue(), 'an untouched section').toBe(
      '36',
    );
    await save(page, '24');
    await page.getByRole('heading', { level: 1, name: /24 hours/ }).waitFor();
    await save(other, '6');
    await conflict.getByRole('button', { name: 'Take theirs' }).click();
    expect(await other.getByRole('spinbutton', { name: 'Hours' }).inputValue()).toBe('24');
    expect(await other.getByText('Somebody changed this').count()).toBe(0);
    await other.close();
  }, 60_000);

  it('the size of crops is set for the next build, within its bounds', async () => {
    await open('settings');
    const side = page.getByLabel('Pixels on the longer side');
    const save = page.getByRole('button', { name: 'Save the crop' });
    await side.fill('20');
    await page.getByText('Whole pixels from 32 to 4,096.').waitFor();
    expect(await save.isDisabled()).toBe(true);
    await side.fill('320');
    await page.getByLabel('Enlarge smaller crops to it').check();
    await save.click();
    await page.getByText('Saved.').waitFor();
    await open('settings');
    expect(await side.inputValue()).toBe('320');
    expect(await page.getByLabel('Enlarge smaller crops to it').isChecked()).toBe(true);
    await open('audit');
    const line = page.locator('tr', { hasText: 'Changed settings' }).first();
    expect(await line.textContent()).toMatch(/Longer side.*400 → 320/);
  }, 60_000);

  it('nobody stops being an owner by a slip, and the ledger of a month has a line for each request', async () => {
    await open('members');
    await page.getByText('The only owner').waitFor();
    expect(await page.getByRole('combobox', { name: /Role of/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
    const csv = await page.request.get(`${product.url}/api/console/default/usage`);
    expect((await csv.text()).split('\r\n')[0]).toContain('request_id,time,meter');
  }, 60_000);

  it('a change of role is undone from its toast, and who is added again keeps their name', async () => {
    const add = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Add a person' }).click();
      await page.getByLabel('Name').fill(name);
      await page.getByLabel('E-mail').fill('mia@example.com');
      await page.getByRole('dialog').getByRole('button', { name: 'Add a person' }).click();
      await page.getByRole('heading', { name: 'Mia can sign in' }).waitFor();
    };
    await open('members');
    await add('Mia');
    await page.getByRole('button', { name: 'Done' }).click();
    const role = page.getByRole('combobox', { name: 'Role of Mia' });
    await role.selectOption('owner');
    await page.getByRole('status').getByText('Mia is Owner now.').waitFor();
    const own = page.locator('tr', { has: page.locator('.tag', { hasText: 'you' }) }).getByRole('combobox');
    await own.selectOption('member');
    await page.getByRole('heading', { name: 'Stop being an owner?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await own.inputValue()).toBe('owner');
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('status').getByText('Mia is Member now.').waitFor();
    await page.getByRole('button', { name: 'Remove Mia' }).click();
    const remove = page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true });
    expect(await remove.isDisabled()).toBe(true);
    await page.getByLabel('Type Mia to confirm').fill('Mia');
    await remove.click();
    await role.waitFor({ state: 'detached' });
    await add('Somebody Else');
    await page.getByText('that name is kept, not Somebody Else').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
  }, 60_000);

  it('a member sees who could change what they may only look at, and how to ask them', async () => {
    await open('members');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name').fill('Nia');
    await page.getByLabel('E-mail').fill('nia@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Add a person' }).click();
    const password = (await page.locator('.secret').textContent()) ?? '';
    await page.getByRole('button', { name: 'Done' }).click();
    const owner = await page.locator('tr', { hasText: product.email }).locator('b').textContent();
    const seat = await openSignedIn({ url: product.url, email: 'nia@example.com', password });
    for (const section of ['settings', 'keys']) {
      await seat.page.goto(at(section));
      const notice = seat.page.getByTestId('look-only');
      expect(await notice.textContent()).toContain(`You can look, not change. Owners here: ${owner}.`);
      const ask = await notice.getByRole('link', { name: 'Ask them' }).getAttribute('href');
      expect(ask).toContain(`mailto:${product.email}?subject=`);
    }
    await seat.browser.close();
  }, 60_000);

  it('an ended session offers the sign-in from above the dialog, back to this page, and what was typed stays', async () => {
    await open('keys');
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('typed before');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Create the key' }).click();
    const link = page.getByRole('link', { name: 'Sign in' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(`/sign-in?next=${encodeURIComponent('/default/keys')}`);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByLabel('Name').inputValue()).toBe('typed before');
  }, 60_000);
});
