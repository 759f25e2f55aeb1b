import { Check } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { COUNTED_BELOW, type Measured, measuredText } from '../numbers/measured-share.ts';
import { Picture } from '../picture.tsx';

export type Step = {
  name: 'goods' | 'index' | 'search' | 'evaluate' | 'key';
  done: boolean;
  href: string;
  covers: (string | null)[];
  count: number;
  cmc?: number[] | undefined;
  measured?: Measured | undefined;
};

/** Five pictures of the tenant's own goods, from a table to a shop that is searched by photo. */
export function NextSteps({ steps }: { steps: Step[] }) {
  const t = useTranslations('overview.step');
  const number = useTranslations('number');
  const format = useFormatter();
  const write = (measured: Measured): string =>
    measuredText(format, (values) => number('countOf', values), measured);
  const next = steps.findIndex((step) => !step.done);
  return (
    <ol className="steps">
      {steps.map((step, i) => {
        // Half done: a key was made, but no call came in with it yet; a version was built, but is not live.
        const half =
          !step.done && step.count > 0 && (step.name === 'key' || step.name === 'index') && step.name;
        return (
          <li key={step.name}>
            <Link
              href={step.href}
              className={i === next ? 'shot chosen' : 'shot'}
              tabIndex={-1}
              aria-hidden="true"
            >
              <StepPicture step={step} />
            </Link>
            <div className="stepline">
              {step.done ? (
                <Check className="good" size={15} />
              ) : (
                <span className={i === next ? 'no on' : 'no'}>{i + 1}</span>
              )}
              <div>
                <b>{t(`${step.name}.name`)}</b>
                <span className="t2 meta">
                  {step.done && step.measured && step.measured.n < COUNTED_BELOW
                    ? t('evaluate.doneFew', { share: write(step.measured) })
                    : step.done
                      ? t(`${step.name}.done`, {
                          count: step.count,
                          share: step.measured ? write(step.measured) : '',
                        })
                      : half
                        ? t(`${half}.made`, { count: step.count })
                        : t(`${step.name}.open`)}
                </span>
                {i === next && (
                  <Link className="btn pri" href={step.href}>
                    {half ? t(`${half}.then`, { count: step.count }) : t(`${step.name}.act`)}
                  </Link>
                )}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function StepPicture({ step }: { step: Step }) {
  const { covers, name } = step;
  if (name === 'evaluate') return <Curve cmc={step.cmc} />;
  if (covers.length === 0) return <span className="blank" />;
  if (name === 'goods')
    return (
      <span className="stepsheet">
        {covers.slice(0, 8).map((url, i) => (
          <Picture key={i} url={url} alt="" />
        ))}
      </span>
    );
  if (name === 'index')
    return (
      <span className="cloud">
        {covers.slice(0, 6).map((url, i) => (
          <Picture key={i} url={url} alt="" />
        ))}
      </span>
    );
  const one = covers[name === 'search' ? 1 : 2] ?? covers[0] ?? null;
  return (
    <span className={name === 'search' ? 'boxed' : 'phone'}>
      <Picture url={one} alt="" />
    </span>
  );
}

function Curve({ cmc }: { cmc: number[] | undefined }) {
  const points = (cmc ?? []).map((value, i) => {
    const x = (Math.log(i + 1) / Math.log(50)) * 200;
    return `${x.toFixed(1)},${(118 - value * 108).toFixed(1)}`;
  });
  return (
    <svg className="stepcurve" viewBox="0 0 200 120" preserveAspectRatio="none" aria-hidden="true">
      {points.length > 0 && (
        <>
          <polygon points={`0,120 ${points.join(' ')} 200,120`} fill="var(--active)" />
          <polyline
            points={points.join(' ')}
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </svg>
  );
}
