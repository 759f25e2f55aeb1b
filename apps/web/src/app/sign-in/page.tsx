import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Logo } from '../../components/logo.tsx';
import { Preferences } from '../../components/preferences.tsx';
import { currentSession } from '../../server/auth/current-session.ts';
import { SignInForm } from './sign-in-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('button') };
}

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams;
  const target = next?.startsWith('/') && !next.startsWith('//') ? next : '/';
  if (await currentSession()) redirect(target);
  const t = await getTranslations('signIn');
  return (
    <div className="signin">
      <main>
        <Logo />
        <h1>{t('title')}</h1>
        <p className="sub">{t('lead')}</p>
        <SignInForm target={target} />
        <div style={{ marginTop: 24 }}>
          <Preferences />
        </div>
      </main>
    </div>
  );
}
