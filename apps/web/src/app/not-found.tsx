import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Logo } from '../components/logo.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('state');
  return { title: t('notHere') };
}

export default async function NotFound() {
  const t = await getTranslations('state');
  return (
    <div className="signin">
      <main>
        <Logo />
        <h1>{t('notHere')}</h1>
        <p style={{ marginTop: 20 }}>
          <Link className="btn pri" href="/">
            {t('toOverview')}
          </Link>
        </p>
      </main>
    </div>
  );
}
