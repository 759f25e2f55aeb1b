import { useTranslations } from 'next-intl';
import type { Bar } from './timeline-bars.ts';
import type { Lane, SpellKind } from './timeline-lanes.ts';
import { textWidth } from './timeline-scale.ts';

export type LaneLook = { height: number; bar: number; top: number; compact: boolean };
type Props = { lane: Lane; bars: Bar[]; look: LaneLook; y: number };

const PADDING = 9;
/** What a lane is called after, where it was several things. */
const ORDER: SpellKind[] = ['live', 'building', 'failed', 'back', 'was', 'kept'];

/** One version: a bar for each thing that it was, named where the name fits. */
export function LaneRow({ lane, bars, look, y }: Props) {
  const t = useTranslations('indexes');
  const main = ORDER.flatMap((kind) => bars.filter((bar) => bar.kind === kind)).at(0);
  const size = lane.images > 0 ? t('laneSize', { images: lane.images }) : '';
  const nameOf = (kind: SpellKind): string => t(`lane.${kind}`, { number: lane.number });
  const fits = (bar: Bar, text: string): boolean => bar.to - bar.from >= textWidth(text) + 2 * PADDING - 2;
  const unnamed = !look.compact && !bars.some((bar) => fits(bar, `v${lane.number}`));
  const first = bars[0];
  return (
    <g transform={`translate(0 ${y})`}>
      {look.compact && main && (
        <text x={4} y={-7}>
          {nameOf(main.kind)}
          <tspan className="small" dx="8">
            {size}
          </tspan>
        </text>
      )}
      {bars.map((bar) => {
        const name = nameOf(bar.kind);
        const text = fits(bar, name) ? name : fits(bar, `v${lane.number}`) ? `v${lane.number}` : '';
        const two = bar === main && size !== '' && text === name && fits(bar, size);
        return (
          <g key={`${bar.kind} ${bar.from}`} className={`lane ${bar.kind}`}>
            <rect x={bar.from} width={Math.max(1, bar.to - bar.from)} height={look.bar} rx="3">
              <title>{name}</title>
            </rect>
            {!look.compact && (
              <text x={bar.from + PADDING} y={two ? 15 : 22}>
                {text}
              </text>
            )}
            {!look.compact && two && (
              <text x={bar.from + PADDING} y={29} className="small">
                {size}
              </text>
            )}
          </g>
        );
      })}
      {unnamed && first && main && (
        <text x={first.from - PADDING} y={22} textAnchor="end">
          {nameOf(main.kind)}
        </text>
      )}
    </g>
  );
}
