'use client';
import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { remember } from '../client/remember.ts';

const THEMES = [
  { name: 'light', Icon: Sun },
  { name: 'dark', Icon: Moon },
  { name: 'system', Icon: Monitor },
] as const;
type Theme = (typeof THEMES)[number]['name'];

/** Language and theme: cookies, so that the server's first byte is right. */
export function Preferences() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => {
    const set = document.documentElement.dataset.theme;
    if (set === 'light' || set === 'dark') setTheme(set);
  }, []);

  function choose(next: Theme): void {
    remember('theme', next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    setTheme(next);
  }
  function switchLanguage(): void {
    remember('locale', locale === 'en' ? 'zh-CN' : 'en');
    router.refresh();
  }

  return (
    <div className="prefs">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in this row in all browsers. */}
      <div className="seg" role="group" aria-label={t('theme')}>
        {THEMES.map(({ name, Icon }) => (
          <button
            key={name}
            type="button"
            aria-pressed={theme === name}
            aria-label={t(name)}
            title={t(name)}
            onClick={() => choose(name)}
          >
            <Icon />
          </button>
        ))}
      </div>
      <button
        type="button"
        className="btn ghost sm"
        aria-label={`${t('language')}: ${locale === 'en' ? '中文' : 'English'}`}
        onClick={switchLanguage}
      >
        <Languages />
        {locale === 'en' ? '中文' : 'English'}
      </button>
    </div>
  );
}
