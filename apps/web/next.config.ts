import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
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

export default config;
