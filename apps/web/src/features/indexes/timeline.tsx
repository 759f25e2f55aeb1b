'use client';
import { scaleTime } from 'd3-scale';
import { useFormatter, useTranslations } from 'next-intl';
import { useWidth } from '../../components/use-width.ts';
import { type LaneLook, LaneRow } from './lane-row.tsx';
import { barsOf } from './timeline-bars.ts';
import { lanesOf, type Stored, type Switch, turnsOf } from './timeline-lanes.ts';
import { spacedTicks, timeScale } from './timeline-scale.ts';
import { TurnArrows } from './turn-arrows.tsx';

const SHOWN = 6;
const MIN_SPAN_MS = 600_000;
const DAY_MS = 86_400_000;
/** Below this width the words stand above the bars instead of in them. */
const COMPACT_BELOW = 640;
const WIDE: LaneLook = { height: 54, bar: 36, top: 4, compact: false };
const COMPACT: LaneLook = { height: 50, bar: 18, top: 22, compact: true };
type Props = { versions: Stored[]; switches: Switch[]; live: string | null; now: Date };

/** A lane for each stored version: solid is live, grey was live, dashed is kept, rose was rolled back, hatched is being built. */
export function Timeline({ versions, switches, live, now }: Props) {
  const t = useTranslations('indexes');
  const format = useFormatter();
  const [ref, width] = useWidth(720);
  const shown = versions.slice(0, SHOWN).toReversed();
  const at = now.getTime();
  const compact = width < COMPACT_BELOW;
  const look = compact ? COMPACT : WIDE;
  const history = { switches, live, now: at };
  const lanes = lanesOf(shown, history);
  const turns = turnsOf(shown, history);
  const born = Math.min(...shown.map((each) => each.createdAt.getTime()), at - MIN_SPAN_MS);
  const [start, left, right] = [born - (at - born) * (compact ? 0.02 : 0.1), 4, width - (compact ? 4 : 52)];
  const x = timeScale(
    turns.map((turn) => turn.at.getTime()),
    { start, now: at, left, right },
  );
  const height = lanes.length * look.height + 34;
  const floor = height - 24;
  const days = at - start > 2 * DAY_MS;
  const ticks = scaleTime()
    .domain([new Date(start), now])
    .ticks(Math.max(2, Math.floor(width / 110)));
  return (
    <div ref={ref} className="timeline">
      <svg className="lanes" width={width} height={height} role="img" aria-label={t('timeline')}>
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
        {spacedTicks(ticks, x, 56)
          .filter((tick) => x(tick.getTime()) > left + 20 && x(tick.getTime()) < width - 20)
          .map((tick) => (
            <g key={tick.getTime()}>
              <line className="gl" x1={x(tick.getTime())} x2={x(tick.getTime())} y1={0} y2={floor} />
              <text className="ax" x={x(tick.getTime())} y={height - 8} textAnchor="middle">
                {days
                  ? format.dateTime(tick, { day: 'numeric', month: 'short' })
                  : format.dateTime(tick, { hour: '2-digit', minute: '2-digit', hour12: false })}
              </text>
            </g>
          ))}
        <line className="now" x1={right} x2={right} y1={0} y2={floor} />
        {!compact && (
          <text className="axb" x={right + 8} y={14}>
            {t('now')}
          </text>
        )}
        {lanes.map((lane, row) => (
          <LaneRow
            key={lane.id}
            lane={lane}
            look={look}
            y={row * look.height + look.top}
            bars={barsOf(lane, x, [left, right])}
          />
        ))}
        {!compact && (
          <TurnArrows
            turns={turns}
            rows={lanes.map((lane) => lane.id)}
            look={look}
            x={x}
            edges={[left, right]}
          />
        )}
      </svg>
    </div>
  );
}
