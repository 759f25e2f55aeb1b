'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callSamples, LANGUAGES, type Language } from './call-samples.ts';

/** The first call in three languages; the key stays a variable. */
export function FirstCall({ url, catalog }: { url: string; catalog: string }) {
  const t = useTranslations('keys');
  const state = useTranslations('state');
  const [language, setLanguage] = useState<Language>('curl');
  const [copied, setCopied] = useState(false);
  const text = callSamples(url, catalog)[language];
  return (
    <section className="sec">
      <div className="head">
        <h2>{t('firstCall')}</h2>
        <span className="t3 meta">{t('firstCallNote')}</span>
        <span className="end">
          <button
            type="button"
            className="btn ghost sm"
            onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}
          >
            {copied ? state('copied') : state('copy')}
          </button>
        </span>
      </div>
      <div className="tabs" role="tablist">
        {LANGUAGES.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={language === each}
            onClick={() => {
              setLanguage(each);
              setCopied(false);
            }}
          >
            {each}
          </button>
        ))}
      </div>
      <pre className="code" data-testid="call">
        {text}
      </pre>
    </section>
  );
}
