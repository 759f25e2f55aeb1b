import { Events, OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

/** Claims of the next id token. */
let claims: Record<string, unknown> = {};
const provider = new OAuth2Server();
let product: Product;

beforeAll(async () => {
  await provider.issuer.keys.generate('RS256');
  await provider.start(0, '127.0.0.1');
  const { port } = provider.address();
  provider.issuer.url = `http://127.0.0.1:${port}`;
  provider.service.on(Events.BeforeTokenSigning, (token) => {
    Object.assign(token.payload, claims);
  });
  const settings = {
    id: 'acme',
    name: 'Acme',
    issuer: provider.issuer.url,
    clientId: 'web',
    clientSecret: 's',
  };
  product = await startProduct({ env: { AUTH_PROVIDERS: JSON.stringify([settings]) } });
}, 240_000);
afterAll(async () => {
  await product?.stop();
  await provider.stop();
});

/** A browser without a window: follows redirects by hand and keeps cookies. */
class Jar {
  readonly cookies = new Map<string, string>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }
}

async function callbackAddress(jar: Jar): Promise<string> {
  const { csrfToken } = (await (await jar.fetch(`${product.url}/api/auth/csrf`)).json()) as {
    csrfToken: string;
  };
  const body = new URLSearchParams({ csrfToken, callbackUrl: '/', json: 'true' });
  const begun = await jar.fetch(`${product.url}/api/auth/signin/acme`, { method: 'POST', body });
  const { url } = (await begun.json()) as { url: string };
  expect(url).toMatch(/code_challenge=.+/);
  return (await fetch(url, { redirect: 'manual' })).headers.get('location') as string;
}

const errorOf = (answer: Response): string | null =>
  new URL(answer.headers.get('location') ?? '', product.url).searchParams.get('error');
const isIn = async (jar: Jar): Promise<boolean> =>
  (await jar.fetch(product.url)).headers.get('location')?.includes('/default/') ?? false;

describe('sign-in with a provider of AUTH_PROVIDERS', () => {
  it('is offered on the page, and lets in the member whose e-mail the provider verified', async () => {
    expect(await (await fetch(`${product.url}/sign-in`)).text()).toContain('Continue with Acme');
    claims = { sub: 'a-1', email: product.email, email_verified: true, name: 'Owner' };
    const jar = new Jar();
    const answer = await jar.fetch(await callbackAddress(jar));
    expect(errorOf(answer)).toBeNull();
    expect(await isIn(jar)).toBe(true);
  });

  it('knows the person by the provider’s id from then on, whatever the e-mail says', async () => {
    claims = { sub: 'a-1', email: 'renamed@example.com', email_verified: false };
    const jar = new Jar();
    await jar.fetch(await callbackAddress(jar));
    expect(await isIn(jar)).toBe(true);
  });

  it.each([
    ['an unverified e-mail', () => ({ sub: 'a-2', email: product.email, email_verified: false })],
    [
      'an e-mail without a word about it',
      () => ({ sub: 'a-3', email: product.email, email_verified: undefined }),
    ],
    [
      'a person whom no workspace knows',
      () => ({ sub: 'a-4', email: 'x@example.com', email_verified: true }),
    ],
  ])('refuses %s', async (_, given) => {
    claims = given();
    const jar = new Jar();
    const answer = await jar.fetch(await callbackAddress(jar));
    expect(errorOf(answer)).toBe('AccessDenied');
    expect(await isIn(jar)).toBe(false);
  });

  it('refuses a changed state and a callback that is played again', async () => {
    claims = { sub: 'a-1', email: product.email, email_verified: true };
    const bent = new Jar();
    const address = new URL(await callbackAddress(bent));
    address.searchParams.set('state', 'another');
    expect(errorOf(await bent.fetch(String(address)))).toBe('OAuthCallback');
    expect(await isIn(bent)).toBe(false);

    const first = new Jar();
    const good = await callbackAddress(first);
    await first.fetch(good);
    expect(errorOf(await new Jar().fetch(good))).toBe('OAuthCallback');
  });
});
