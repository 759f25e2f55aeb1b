import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/tester.css';
import './styles/tester-narrow.css';
import './styles/goods.css';
import './styles/pages.css';
import './styles/overview.css';
import './styles/workspace.css';
import './styles/key-list.css';
import './styles/phone.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { OwnTime } from '../components/own-time.tsx';

export const metadata: Metadata = {
  title: { default: 'Likeness', template: '%s · Likeness' },
  icons: { icon: '/icon.svg' },
};

/** The bottom bar reaches below the home indicator of a phone, and keeps its buttons above it. */
export const viewport: Viewport = { viewportFit: 'cover' };

/** The theme is in a cookie, so that the first byte already carries it and nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get('theme')?.value;
  const chosen = theme === 'light' || theme === 'dark' ? theme : undefined;
  return (
    <html lang={await getLocale()} data-theme={chosen} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider>
          <OwnTime />
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
