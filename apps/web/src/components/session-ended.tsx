'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { onSessionEnd } from '../client/session-end.ts';
import { Modal } from './modal.tsx';

/**
 * Stands above whatever was open when the session ended. Signing in happens in another tab, on this very page, so that
 * what was typed here is still there to be sent.
 */
export function SessionEnded() {
  const t = useTranslations('state');
  const signIn = useTranslations('signIn');
  const [next, setNext] = useState<string | null>(null);
  useEffect(() => onSessionEnd(() => setNext(`${location.pathname}${location.search}`)), []);
  const close = (): void => setNext(null);
  return (
    <Modal open={next !== null} title={t('sessionEnded')} onClose={close}>
      <p className="t2">{t('sessionEndedLead')}</p>
      <div className="end">
        <button type="button" className="btn" onClick={close}>
          {t('close')}
        </button>
        <a
          className="btn pri"
          href={`/sign-in?next=${encodeURIComponent(next ?? '/')}`}
          target="_blank"
          rel="noopener"
          onClick={close}
        >
          {signIn('button')}
        </a>
      </div>
    </Modal>
  );
}
