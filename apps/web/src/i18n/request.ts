import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale } from './choose-locale.ts';
import { chooseTimeZone } from './choose-time-zone.ts';

export default getRequestConfig(async () => {
  const kept = await cookies();
  const locale = chooseLocale(kept.get('locale')?.value, (await headers()).get('accept-language'));
  const messages = (await import(`../../messages/${locale}.json`)).default as Record<string, never>;
  return { locale, messages, timeZone: chooseTimeZone(kept.get('zone')?.value), now: new Date() };
});
