import { parseSignInProviders, type SignInProvider } from '@likeness/contracts/sign-in-providers';
import NextAuthGitHub from 'next-auth/providers/github';
import type { Provider } from 'next-auth/providers/index';
import type { OAuthConfig } from 'next-auth/providers/oauth';

const HTTP_TIMEOUT_MS = 10_000;

/** Who signs in, as the provider says; `emailVerified` decides whether the e-mail may be believed. */
export type ProviderProfile = { id: string; email: string; name: string; emailVerified: boolean };

let parsed: { from: string; providers: SignInProvider[] } | null = null;

/** Of `AUTH_PROVIDERS`. Throws at once when it cannot be read, so that a typing error is seen. */
export function configuredProviders(): SignInProvider[] {
  const from = process.env.AUTH_PROVIDERS ?? '[]';
  if (parsed?.from !== from) parsed = { from, providers: parseSignInProviders(from) };
  return parsed.providers;
}

export const providerNames = (): { id: string; name: string }[] =>
  configuredProviders().map((each) => ({ id: each.id, name: 'issuer' in each ? each.name : 'GitHub' }));

export function oauthProviders(): Provider[] {
  return configuredProviders().map((each) => ('issuer' in each ? oidc(each) : github(each)));
}

function oidc(settings: Extract<SignInProvider, { issuer: string }>): OAuthConfig<Record<string, unknown>> {
  const { id, name, issuer, clientId, clientSecret } = settings;
  return {
    id,
    name,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    clientId,
    clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: HTTP_TIMEOUT_MS },
    profile: (claims): ProviderProfile => ({
      id: String(claims.sub),
      email: String(claims.email ?? ''),
      name: String(claims.name ?? claims.email ?? ''),
      emailVerified: claims.email_verified === true,
    }),
  };
}

/** GitHub has no id token; its list of addresses says which one is primary and verified. */
function github({ clientId, clientSecret }: Exclude<SignInProvider, { issuer: string }>): Provider {
  const base = NextAuthGitHub({ clientId, clientSecret });
  return {
    ...base,
    checks: ['pkce', 'state'],
    userinfo: {
      url: 'https://api.github.com/user',
      async request({ tokens }: { tokens: { access_token?: string } }) {
        const headers = { authorization: `Bearer ${tokens.access_token}`, accept: 'application/json' };
        const ask = async (url: string): Promise<unknown> =>
          (await fetch(url, { headers, signal: AbortSignal.timeout(HTTP_TIMEOUT_MS) })).json();
        const profile = (await ask('https://api.github.com/user')) as Record<string, unknown>;
        const emails = (await ask('https://api.github.com/user/emails')) as {
          email: string;
          primary: boolean;
          verified: boolean;
        }[];
        const email = emails.find((each) => each.primary && each.verified)?.email;
        return { ...profile, email: email ?? '', email_verified: email !== undefined };
      },
    },
    profile: (claims: Record<string, unknown>): ProviderProfile => ({
      id: String(claims.id),
      email: String(claims.email ?? ''),
      name: String(claims.name ?? claims.login ?? ''),
      emailVerified: claims.email_verified === true,
    }),
  } as unknown as Provider;
}
