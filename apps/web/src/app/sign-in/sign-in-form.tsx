'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';

type Fault = 'wrong' | 'throttled' | 'away' | 'failed';

/** The two calls that next-auth's credentials sign-in takes: a CSRF token, then the form. */
async function send(email: string, password: string): Promise<Fault | null> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email, password, json: 'true', callbackUrl: '/' });
  const response = await fetch('/api/auth/callback/credentials', { method: 'POST', body });
  if (response.ok) return null;
  const { url } = (await response.json().catch(() => ({}))) as { url?: string };
  const code = url ? new URL(url, location.origin).searchParams.get('error') : null;
  if (code === 'rate_limited') return 'throttled';
  if (response.status === 503) return 'away';
  return code === 'CredentialsSignin' ? 'wrong' : 'failed';
}

export function SignInForm({ target }: { target: string }) {
  const t = useTranslations('signIn');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    const found = await send(String(data.get('email')), String(data.get('password'))).catch(
      () => 'failed' as const,
    );
    if (found === null) return location.assign(target);
    setFault(found);
    setBusy(false);
  }

  return (
    <form onSubmit={submit}>
      <label className="field">
        <span>{t('email')}</span>
        <input className="input" name="email" type="email" autoComplete="username" required />
      </label>
      <label className="field">
        <span>{t('password')}</span>
        <input className="input" name="password" type="password" autoComplete="current-password" required />
      </label>
      {fault && (
        <p className="notice bad" role="alert">
          ✕ {t(fault)}
        </p>
      )}
      <button className="btn pri" type="submit" disabled={busy}>
        {t(busy ? 'busy' : 'button')}
      </button>
    </form>
  );
}
