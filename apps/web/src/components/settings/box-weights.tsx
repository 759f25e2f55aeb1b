'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../shell.tsx';
import { balanced, PARTS, type Part, sameWeights, stepped, type Weights } from './balanced-weights.ts';
import { Conflict } from './conflict.tsx';
import { useDraft } from './use-draft.ts';

/** Three sliders over the parts of the box choice, and the bar they make. */
export function BoxWeights({ weights, mayWrite }: { weights: Weights; mayWrite: boolean }) {
  const t = useTranslations('settings');
  const format = useFormatter();
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const { now, base, theirs, set: setNow, take } = useDraft(weights, sameWeights);
  const [saved, setSaved] = useState(false);
  const set = (part: Part, value: number): void => {
    setSaved(false);
    setNow(balanced(now, part, value));
  };
  const save = (basedOn: Weights): Promise<void> =>
    run(
      () =>
        trpcFor(slug).workspace.updateSettings.mutate({ boxWeights: now, basedOn: { boxWeights: basedOn } }),
      () => setSaved(true),
    );
  const two = (value: number): string =>
    format.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const written = (each: Weights): string => PARTS.map((part) => `${t(part)} ${two(each[part])}`).join(' · ');
  return (
    <section className="sec">
      <h2>{t('boxChoice')}</h2>
      <p className="sub">{t('boxChoiceLead')}</p>
      <span className="stack wide" aria-hidden="true">
        {PARTS.map((part) => (
          <i key={part} style={{ width: `${now[part] * 100}%` }} />
        ))}
      </span>
      <div className="sliders">
        {PARTS.map((part) => (
          <label key={part}>
            <span>
              <b>{t(part)}</b> <span className="t2 meta">{t(`${part}Note`)}</span>
            </span>
            <input
              type="range"
              min="0"
              max="1"
              step="0.01"
              value={now[part]}
              disabled={!mayWrite}
              onKeyDown={(event) => {
                const next = stepped(now[part], event.key, event.shiftKey);
                if (next === null) return;
                event.preventDefault();
                set(part, next);
              }}
              onChange={(event) => set(part, Number(event.target.value))}
            />
            <output>{two(now[part])}</output>
          </label>
        ))}
      </div>
      {theirs ? (
        <Conflict
          theirs={written(theirs)}
          mine={written(now)}
          busy={busy}
          fault={fault}
          valid
          onTake={() => {
            clear();
            take();
          }}
          onSave={() => void save(theirs)}
        />
      ) : (
        <div className="row">
          <button
            type="button"
            className="btn pri"
            disabled={!mayWrite || busy || sameWeights(now, weights)}
            onClick={() => void save(base)}
          >
            {t('saveBox')}
          </button>
          <span role="status" className={fault ? 'bad' : 'good'}>
            {fault ? `✕ ${fault}` : saved ? `✓ ${t('saved')}` : ''}
          </span>
        </div>
      )}
      <p className="t3 meta" style={{ marginTop: 10 }}>
        {t('steps')}
      </p>
    </section>
  );
}
