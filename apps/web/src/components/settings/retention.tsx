'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../shell.tsx';
import { Conflict } from './conflict.tsx';
import { useDraft } from './use-draft.ts';

const HOURS_MAX = 2160;

export function Retention({ hours, mayWrite }: { hours: number; mayWrite: boolean }) {
  const t = useTranslations('settings');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const { now, base, theirs, set: setNow, take } = useDraft(String(hours), (a, b) => a === b);
  const [saved, setSaved] = useState(false);
  const value = Number(now);
  const valid = now !== '' && Number.isInteger(value) && value >= 0 && value <= HOURS_MAX;
  const save = (basedOn: string): Promise<void> =>
    run(
      () =>
        trpcFor(slug).workspace.updateSettings.mutate({
          queryRetentionHours: value,
          basedOn: { queryRetentionHours: Number(basedOn) },
        }),
      () => setSaved(true),
    );
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
          if (theirs === null) void save(base);
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
        <button
          type="submit"
          className="btn pri"
          disabled={!mayWrite || busy || !valid || value === hours || theirs !== null}
        >
          {t('saveRetention')}
        </button>
        <span role="status" className={(fault && theirs === null) || !valid ? 'bad' : 'good'}>
          {fault && theirs === null
            ? `✕ ${fault}`
            : !valid
              ? `✕ ${t('hoursRange', { max: HOURS_MAX })}`
              : saved
                ? `✓ ${t('saved')}`
                : ''}
        </span>
      </form>
      {theirs !== null && (
        <Conflict
          theirs={t('hoursOf', { count: Number(theirs) })}
          mine={valid ? t('hoursOf', { count: value }) : now}
          busy={busy}
          fault={fault}
          valid={valid}
          onTake={() => {
            clear();
            take();
          }}
          onSave={() => void save(theirs)}
        />
      )}
    </section>
  );
}
