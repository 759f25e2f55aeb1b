import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const SECURITY = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'x-frame-options', value: 'DENY' },
  {
    key: 'content-security-policy',
    value: `default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'`,
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // Routes below set their own headers.
  headers: async () => [{ source: '/((?!v1/|media/).*)', headers: SECURITY }],
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    'pino',
    'undici',
    'yauzl',
    'busboy',
    'iconv-lite',
  ],
  transpilePackages: ['@likeness/contracts', '@likeness/core', '@likeness/db', '@likeness/search-core'],
  outputFileTracingRoot: new URL('../..', import.meta.url).pathname,
  turbopack: { root: new URL('../..', import.meta.url).pathname },
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
