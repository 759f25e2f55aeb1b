'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../shell.tsx';

const HOURS_MAX = 2160;

export function Retention({ hours, mayWrite }: { hours: number; mayWrite: boolean }) {
  const t = useTranslations('settings');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [now, setNow] = useState(String(hours));
  const [saved, setSaved] = useState(false);
  const value = Number(now);
  const valid = now !== '' && Number.isInteger(value) && value >= 0 && value <= HOURS_MAX;
  return (
    <section className="sec">
      <h2>{t('retention')}</h2>
      <p className="sub">{t('retentionLead')}</p>
      <form
        className="row"
        style={{ marginTop: 14 }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run(
            () => trpcFor(slug).workspace.updateSettings.mutate({ queryRetentionHours: value }),
            () => setSaved(true),
          );
        }}
      >
        <input
          className="input"
          style={{ width: 110 }}
          type="number"
          min={0}
          max={HOURS_MAX}
          aria-label={t('hours')}
          aria-invalid={!valid}
          value={now}
          disabled={!mayWrite}
          onChange={(event) => {
            setSaved(false);
            setNow(event.target.value);
          }}
        />
        <span className="t2">{t('hours')}</span>
        <button type="submit" className="btn pri" disabled={!mayWrite || busy || !valid || value === hours}>
          {t('saveRetention')}
        </button>
        <span role="status" className={fault || !valid ? 'bad' : 'good'}>
          {fault
            ? `✕ ${fault}`
            : !valid
              ? `✕ ${t('hoursRange', { max: HOURS_MAX })}`
              : saved
                ? `✓ ${t('saved')}`
                : ''}
        </span>
      </form>
    </section>
  );
}
