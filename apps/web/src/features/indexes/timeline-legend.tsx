import { useTranslations } from 'next-intl';

/** What the bars of the timeline are. */
export function TimelineLegend({ building }: { building: boolean }) {
  const t = useTranslations('indexes.tag');
  const kinds = ['live', 'was', 'ready', ...(building ? (['building'] as const) : [])] as const;
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
