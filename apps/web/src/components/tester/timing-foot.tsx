import { useTranslations } from 'next-intl';
import type { SearchView } from '../../server/view/search-view.ts';

/** Milliseconds of each stage as one bar, the request id and what it cost. */
export function TimingFoot({ answer }: { answer: SearchView }) {
  const t = useTranslations('tester');
  const { decode, detect, embed, engine, total } = answer.timings;
  const rest = Math.max(0, total - decode - detect - embed - engine);
  const stages = [
    ['decode', decode],
    ['detect', detect],
    ['embed', embed],
    ['engine', engine],
    ['rest', rest],
  ] as const;
  return (
    <footer className="foot">
      <div className="msbar" aria-hidden="true">
        {stages.map(([name, ms]) => (
          <i key={name} className={name} style={{ flexGrow: Math.max(ms, total * 0.01) }} />
        ))}
      </div>
      <div className="msline">
        <span>
          <b>{Math.round(total)} ms</b>{' '}
          <span className="t2">
            {stages
              .filter(([name]) => name !== 'rest')
              .map(([name, ms]) => `· ${t(`ms.${name}`)} ${ms < 10 ? ms.toFixed(1) : Math.round(ms)}`)
              .join(' ')}
          </span>
        </span>
        <span className="t3">
          {t('free')} · <span className="mono">{answer.requestId}</span>
        </span>
      </div>
    </footer>
  );
}
