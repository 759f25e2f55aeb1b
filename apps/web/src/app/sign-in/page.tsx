import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Logo } from '../../components/logo.tsx';
import { Preferences } from '../../components/preferences.tsx';
import { currentSession } from '../../server/auth/current-session.ts';
import { providerNames } from '../../server/auth/providers.ts';
import { safeTarget } from '../../server/auth/safe-target.ts';
import { ProviderButtons } from './provider-buttons.tsx';
import { SignInForm } from './sign-in-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('button') };
}

type Query = { next?: string; callbackUrl?: string; error?: string };

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  const { next, error } = await searchParams;
  const target = safeTarget(typeof next === 'string' ? next : undefined);
  if (await currentSession()) redirect(target);
  const t = await getTranslations('signIn');
  return (
    <div className="signin">
      <main>
        <Logo />
        <h1>{t('title')}</h1>
        <p className="sub">{t('lead')}</p>
        {error && (
          <p className="notice bad" role="alert">
            ✕ {t(error === 'AccessDenied' ? 'denied' : 'providerFailed')}
          </p>
        )}
        <SignInForm target={target} />
        <ProviderButtons providers={providerNames()} target={target} />
        <div style={{ marginTop: 24 }}>
          <Preferences />
        </div>
      </main>
    </div>
  );
}
