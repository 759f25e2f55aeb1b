'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** next-auth answers with the provider's address, made for this browser alone (state, nonce, PKCE in cookies). */
async function begin(provider: string, callbackUrl: string): Promise<string> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, callbackUrl, json: 'true' });
  const response = await fetch(`/api/auth/signin/${provider}`, { method: 'POST', body });
  return ((await response.json()) as { url: string }).url;
}

export function ProviderButtons({
  providers,
  target,
}: {
  providers: readonly { id: string; name: string }[];
  target: string;
}) {
  const t = useTranslations('signIn');
  const [fault, setFault] = useState(false);
  if (providers.length === 0) return null;
  return (
    <>
      <p className="or">{t('or')}</p>
      {providers.map(({ id, name }) => (
        <button
          key={id}
          className="btn wide"
          type="button"
          onClick={() =>
            begin(id, target).then(
              (url) => location.assign(url),
              () => setFault(true),
            )
          }
        >
          {t('with', { name })}
        </button>
      ))}
      {fault && (
        <p className="notice bad" role="alert">
          ✕ {t('providerFailed')}
        </p>
      )}
    </>
  );
}
