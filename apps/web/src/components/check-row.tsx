import { Check as Tick, TriangleAlert, X } from 'lucide-react';

/** One thing to look at before deciding: what was found, and the figures it stands on. */
export type Check = { tone: 'good' | 'warn' | 'bad'; title: string; note: string };

/** Checks side by side, below each other where there is no room; each verdict has a shape besides its colour. */
export function CheckRow({ checks, label }: { checks: readonly Check[]; label: string }) {
  return (
    <ul className="checks" aria-label={label} data-testid="checks">
      {checks.map(({ tone, title, note }) => (
        <li key={title} data-tone={tone}>
          <Mark tone={tone} />
          <b>{title}</b>
          <span className="t2 meta">{note}</span>
        </li>
      ))}
    </ul>
  );
}

function Mark({ tone }: Pick<Check, 'tone'>) {
  const Icon = { good: Tick, warn: TriangleAlert, bad: X }[tone];
  return <Icon className={tone} aria-hidden="true" />;
}
