'use client';
import { Copy, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '../dialog.tsx';

/** The one moment a key can be seen; neither Esc nor a click outside ends it. */
export function RevealKey({ secret, onClose }: { secret: string; onClose(): void }) {
  const t = useTranslations('keys');
  const state = useTranslations('state');
  const [copied, setCopied] = useState(false);
  const [stored, setStored] = useState(false);
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`LIKENESS_API_KEY=${secret}\n`)}`;
  return (
    <Dialog label={t('revealTitle')} onClose={onClose} locked>
      <h2>{t('revealTitle')}</h2>
      <p className="t2">{t('revealLead')}</p>
      <p className="secret mono chosen" data-testid="secret">
        {secret}
      </p>
      <div className="row">
        <button
          type="button"
          className="btn"
          onClick={() => void navigator.clipboard?.writeText(secret).then(() => setCopied(true))}
        >
          <Copy />
          {copied ? state('copied') : state('copy')}
        </button>
        <a className="btn" href={file} download="likeness.env">
          <Download />
          {t('downloadEnv')}
        </a>
      </div>
      <label className="row" style={{ margin: '18px 0 6px' }}>
        <input type="checkbox" checked={stored} onChange={(event) => setStored(event.target.checked)} />
        {t('haveStored')}
      </label>
      <div className="end">
        <button type="button" className="btn pri" disabled={!stored} onClick={onClose}>
          {state('close')}
        </button>
      </div>
    </Dialog>
  );
}
