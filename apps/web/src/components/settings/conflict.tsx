'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

type Props = {
  /** In words. */
  theirs: string;
  mine: string;
  busy: boolean;
  /** Why the last attempt came to nothing. */
  fault: string | null;
  /** False where what the reader wrote cannot be saved. */
  valid: boolean;
  onTake(): void;
  onSave(): void;
};

/** Somebody saved the same section while the reader changed it: both values, and the choice between them. */
export function Conflict({ theirs, mine, busy, fault, valid, onTake, onSave }: Props) {
  const t = useTranslations('settings.conflict');
  // The first attempt is why this is shown: the title says so.
  const [tried, setTried] = useState(false);
  return (
    <div className="notice warn conflict" role="alert">
      <b>△ {t('title')}</b>
      <dl>
        <div>
          <dt>{t('theirs')}</dt>
          <dd>{theirs}</dd>
        </div>
        <div>
          <dt>{t('mine')}</dt>
          <dd>{mine}</dd>
        </div>
      </dl>
      <div className="row">
        <button type="button" className="btn" disabled={busy} onClick={onTake}>
          {t('take')}
        </button>
        <button
          type="button"
          className="btn"
          disabled={busy || !valid}
          onClick={() => {
            setTried(true);
            onSave();
          }}
        >
          {t('save')}
        </button>
        {tried && fault && <span className="bad">✕ {fault}</span>}
      </div>
    </div>
  );
}
