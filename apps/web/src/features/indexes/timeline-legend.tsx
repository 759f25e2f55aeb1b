import { useTranslations } from 'next-intl';

/** What the bars of the timeline are. */
export function TimelineLegend({ building, back }: { building: boolean; back: boolean }) {
  const t = useTranslations('indexes.tag');
  const kinds = [
    ...(['live', 'was', 'ready'] as const),
    ...(back ? (['back'] as const) : []),
    ...(building ? (['building'] as const) : []),
  ];
  return (
    <span className="end lanekey">
      {kinds.map((kind) => (
        <span key={kind}>
          <i className={kind} />
          {t(kind)}
        </span>
      ))}
    </span>
  );
}
