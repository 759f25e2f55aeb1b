import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale } from './choose-locale.ts';

export default getRequestConfig(async () => {
  const locale = chooseLocale(
    (await cookies()).get('locale')?.value,
    (await headers()).get('accept-language'),
  );
  const messages = (await import(`../../messages/${locale}.json`)).default as Record<string, never>;
  return { locale, messages, timeZone: 'UTC', now: new Date() };
});
