'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSeat } from '../shell.tsx';
import { callSamples, LANGUAGES, type Language } from './call-samples.ts';

type Props = {
  url: string;
  /** `ready`: number of the version that is built and only has to be published. */
  catalog: { name: string; live: boolean; ready?: number | undefined } | null;
};

/** The first call; where there is nothing yet that could answer it, what is missing and the way there. */
export function FirstCall({ url, catalog }: Props) {
  const t = useTranslations('keys');
  const base = `/${encodeURIComponent(useSeat().slug)}`;
  if (catalog?.live) return <Call url={url} catalog={catalog.name} />;
  return (
    <section className="sec">
      <div className="head">
        <h2>{t('firstCall')}</h2>
      </div>
      <p className="notice" data-testid="call-waits">
        {catalog ? t('firstCallNotLive', { catalog: catalog.name }) : t('firstCallNoCatalog')}{' '}
        <Link className="link" href={`${base}/${catalog ? 'indexes' : 'catalogs'}`}>
          {catalog?.ready
            ? t('toPublish', { number: catalog.ready })
            : t(catalog ? 'toIndexes' : 'toCatalogs')}
        </Link>
      </p>
    </section>
  );
}

/** In three languages; the key stays a variable. */
function Call({ url, catalog }: { url: string; catalog: string }) {
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
