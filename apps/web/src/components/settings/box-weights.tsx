'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../shell.tsx';
import { balanced, PARTS, type Part, stepped, type Weights } from './balanced-weights.ts';

/** Three sliders over the parts of the box choice, and the bar they make. */
export function BoxWeights({ weights, mayWrite }: { weights: Weights; mayWrite: boolean }) {
  const t = useTranslations('settings');
  const format = useFormatter();
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [now, setNow] = useState(weights);
  const [saved, setSaved] = useState(false);
  const set = (part: Part, value: number): void => {
    setSaved(false);
    setNow(balanced(now, part, value));
  };
  const changed = PARTS.some((part) => now[part] !== weights[part]);
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
            <output>
              {format.number(now[part], { minimumFractionDigits: 2, maximumFractionDigits: 2 })}
            </output>
          </label>
        ))}
      </div>
      <div className="row">
        <button
          type="button"
          className="btn pri"
          disabled={!mayWrite || busy || !changed}
          onClick={() =>
            void run(
              () => trpcFor(slug).workspace.updateSettings.mutate({ boxWeights: now }),
              () => setSaved(true),
            )
          }
        >
          {t('saveBox')}
        </button>
        <span role="status" className={fault ? 'bad' : 'good'}>
          {fault ? `✕ ${fault}` : saved ? `✓ ${t('saved')}` : ''}
        </span>
      </div>
      <p className="t3 meta" style={{ marginTop: 10 }}>
        {t('steps')}
      </p>
    </section>
  );
}
