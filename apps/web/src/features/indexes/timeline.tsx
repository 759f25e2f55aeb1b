import type { IndexVersionView } from '@likeness/core/index-version/index-view';
import { scaleTime } from 'd3-scale';
import { useFormatter, useTranslations } from 'next-intl';

const [WIDTH, LANE, LEFT, BAR_MIN] = [1080, 46, 8, 46];
const END = 1020;
const MIN_SPAN_MS = 600_000;
/** Narrower bars have their words beside them. */
const INSIDE_MIN = 190;
type Props = { versions: IndexVersionView[]; live: string | null; previous: string | null; now: Date };

/** A lane for each stored version from its birth to now; solid is live, dashed is kept, hatched is being built. */
export function Timeline({ versions, live, previous, now }: Props) {
  const t = useTranslations('indexes');
  const format = useFormatter();
  const shown = versions.slice(0, 6).toReversed();
  const first = shown[0];
  if (!first) return null;
  const born = Math.min(...shown.map((each) => each.createdAt.getTime()), now.getTime() - MIN_SPAN_MS);
  const start = born - (now.getTime() - born) * 0.12;
  const x = scaleTime()
    .domain([new Date(start), now])
    .range([LEFT, END]);
  const height = shown.length * LANE + 30;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, which keys must reach.
    <section className="scroll" tabIndex={0} aria-label={t('timeline')}>
      <svg className="lanes" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={t('timeline')}>
        <defs>
          <pattern
            id="hatch"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="2.5" height="6" className="hatch" />
          </pattern>
        </defs>
        {x.ticks(7).map((tick) => (
          <g key={tick.getTime()}>
            <line className="gl" x1={x(tick)} x2={x(tick)} y1={0} y2={height - 24} />
            <text className="ax" x={x(tick)} y={height - 8} textAnchor="middle">
              {now.getTime() - start > 2 * 86_400_000
                ? format.dateTime(tick, { day: 'numeric', month: 'short' })
                : format.dateTime(tick, { hour: '2-digit', minute: '2-digit', hour12: false })}
            </text>
          </g>
        ))}
        {shown.map((each, lane) => {
          const from = Math.min(x(each.createdAt), END - BAR_MIN);
          const wide = END - from >= INSIDE_MIN;
          const kind =
            each.id === live
              ? 'live'
              : each.state === 'building'
                ? 'building'
                : each.state === 'failed'
                  ? 'failed'
                  : each.id === previous
                    ? 'was'
                    : 'kept';
          return (
            <g
              key={each.id}
              className={wide ? `lane ${kind}` : `lane beside ${kind}`}
              transform={`translate(0 ${lane * LANE + 4})`}
            >
              <rect x={from} width={END - from} height={LANE - 10} rx="3" />
              <text x={wide ? from + 9 : from - 9} y={15} textAnchor={wide ? 'start' : 'end'}>
                {t(`lane.${kind}`, { number: each.number })}
              </text>
              <text
                x={wide ? from + 9 : from - 9}
                y={29}
                className="small"
                textAnchor={wide ? 'start' : 'end'}
              >
                {each.images > 0 ? t('laneSize', { images: each.images }) : ''}
              </text>
            </g>
          );
        })}
        <line className="now" x1={END} x2={END} y1={0} y2={height - 24} />
        <text className="axb" x={END + 8} y={14}>
          {t('now')}
        </text>
      </svg>
    </section>
  );
}
