'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../shell.tsx';

type Weights = { centre: number; score: number; area: number };
const PARTS = ['centre', 'score', 'area'] as const;
type Part = (typeof PARTS)[number];

/** One weight set, the two others scaled so that all add up to 1. */
export function balanced(weights: Weights, part: Part, value: number): Weights {
  const others = PARTS.filter((each) => each !== part);
  const rest = others.reduce((sum, each) => sum + weights[each], 0);
  const left = 1 - value;
  const next = { ...weights, [part]: value };
  for (const each of others) {
    const share = rest > 0 ? weights[each] / rest : 1 / others.length;
    next[each] = Math.round(left * share * 100) / 100;
  }
  return next;
}

/** Three sliders over the parts of the box choice, and the bar they make. */
export function BoxWeights({ weights, mayWrite }: { weights: Weights; mayWrite: boolean }) {
  const t = useTranslations('settings');
  const format = useFormatter();
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [now, setNow] = useState(weights);
  const [saved, setSaved] = useState(false);
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
              step="0.05"
              value={now[part]}
              disabled={!mayWrite}
              onChange={(event) => {
                setSaved(false);
                setNow(balanced(now, part, Number(event.target.value)));
              }}
            />
            <output>{format.number(now[part], { minimumFractionDigits: 2 })}</output>
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
    </section>
  );
}
