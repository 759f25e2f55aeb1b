'use client';
import type { EvaluationScores } from '@likeness/contracts/evaluation';
import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { useFormatter, useTranslations } from 'next-intl';
import { type PointerEvent, useState } from 'react';
import { COUNTED_BELOW, percentNumber, shareText } from '../../components/numbers/measured-share.ts';
import { useWidth } from '../../components/use-width.ts';
import {
  BOTTOM,
  bandOf,
  HEIGHT,
  LINE,
  lowest,
  readingHeights,
  readingPlace,
  roomFor,
  spread,
  TOP,
} from './chart-layout.ts';
import { written } from './side-names.ts';

/** The name in its parts, which stand below each other at the curve's end. */
export type Curve = { name: string[]; scores: EvaluationScores; tone: 'before' | 'after' };
const TICKS = [1, 2, 3, 5, 10, 20, 50];
const RANKS = 50;
const LEFT = 34;
/** Narrower than this nothing could be read: the drawing is then scaled. */
const LEAST_WIDTH = 240;

/** The right product within the first k answers, with its 95 % band; a rule reads the values at a rank. */
export function CmcChart({ curves }: { curves: Curve[] }) {
  const t = useTranslations('evaluations');
  const format = useFormatter();
  const [ref, measured] = useWidth(720);
  const width = Math.max(LEAST_WIDTH, measured);
  const [rank, setRank] = useState(5);
  const low = lowest(curves.flatMap((each) => bandOf(each.scores).lo));
  const right = width - roomFor(curves.flatMap((each) => each.name));
  const across = scaleLog().domain([1, RANKS]).range([LEFT, right]);
  const up = scaleLinear()
    .domain([low, 1])
    .range([HEIGHT - BOTTOM, TOP]);
  // Hundredths of a pixel: server and browser may differ in the last digit of a logarithm.
  const x = (rank: number): number => Math.round(across(rank) * 100) / 100;
  const y = (share: number): number => Math.round(up(share) * 100) / 100;
  const number = useTranslations('number');
  const n = curves[0]?.scores.n ?? 0;
  const few = n < COUNTED_BELOW;
  const value = (share: number): string =>
    few
      ? shareText(format, (values) => number('countOf', values), { share, n })
      : percentNumber(format, share, n);
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const area = event.currentTarget.getBoundingClientRect();
    const scale = Math.min(1, area.width / width);
    setRank(within(Math.round(across.invert((event.clientX - area.left) / scale))));
  };
  const ends = spread(
    curves.map((each) => ({ at: y(each.scores.cmc[RANKS - 1] ?? 0), lines: each.name.length })),
  );
  const readings = readingHeights(curves.map((each) => y(each.scores.cmc[rank - 1] ?? 0)));
  return (
    <div
      ref={ref}
      className="cmc"
      role="slider"
      tabIndex={0}
      aria-label={t('chart')}
      aria-valuemin={1}
      aria-valuemax={RANKS}
      aria-valuenow={rank}
      aria-valuetext={curves
        .map(({ name, scores }) =>
          t(few ? 'spokenFew' : 'spoken', {
            name: written(name),
            rank,
            share: value(scores.cmc[rank - 1] ?? 0),
          }),
        )
        .join('; ')}
      onKeyDown={(event) => {
        const next = rankAfter(event.key, rank);
        if (next === null) return;
        event.preventDefault();
        setRank(next);
      }}
      data-testid="cmc"
    >
      {/* Drawn at the measured width, so not scaled; before it is measured the drawing is fitted into its column. */}
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="xMinYMin meet"
        height={HEIGHT}
        aria-hidden="true"
        onPointerMove={point}
      >
        {[low, ...up.ticks(5).filter((tick) => tick > low + (1 - low) / 12)].map((tick) => (
          <g key={tick}>
            <line className={tick === low ? 'bl' : 'gl'} x1={LEFT} x2={right} y1={y(tick)} y2={y(tick)} />
            <text className="ax" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {Math.round(tick * 100)}
            </text>
          </g>
        ))}
        {TICKS.map((tick) => (
          <text key={tick} className="ax" x={x(tick)} y={HEIGHT - BOTTOM + 18} textAnchor="middle">
            {tick}
          </text>
        ))}
        <text className="ax" x={LEFT} y={HEIGHT - 8}>
          {t('axisFirst')}
        </text>
        <text className="ax" x={right} y={HEIGHT - 8} textAnchor="end">
          {t('axisLast')}
        </text>
        {curves.map((curve) => (
          <CurvePath key={curve.tone} curve={curve} x={x} y={y} />
        ))}
        <line className="rule" x1={x(rank)} x2={x(rank)} y1={TOP} y2={HEIGHT - BOTTOM} />
        {curves.map((curve, at) => (
          <g key={curve.tone} className={curve.tone}>
            <circle cx={x(rank)} cy={y(curve.scores.cmc[rank - 1] ?? 0)} r="3.5" className="dot" />
            <text className="axb" {...readingPlace(x(rank), right)} y={readings[at]}>
              {value(curve.scores.cmc[rank - 1] ?? 0)}
            </text>
            <text className="axb" y={(ends[at] ?? 0) + 4}>
              {curve.name.map((part, line) => (
                <tspan key={part} x={right + 8} dy={line ? LINE : 0}>
                  {part}
                </tspan>
              ))}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

type Scale = (value: number) => number;
function CurvePath({ curve, x, y }: { curve: Curve; x: Scale; y: Scale }) {
  const { cmc } = curve.scores;
  const band = bandOf(curve.scores);
  const ranks = cmc.map((_, i) => i);
  const path = line<number>()
    .x((i) => x(i + 1))
    .y((i) => y(cmc[i] ?? 0));
  const shade = area<number>()
    .x((i) => x(i + 1))
    .y0((i) => y(band.lo[i] ?? 0))
    .y1((i) => y(band.hi[i] ?? 0));
  return (
    <g className={curve.tone}>
      <path className="band" d={shade(ranks) ?? ''} />
      <path className="curve" d={path(ranks) ?? ''} />
    </g>
  );
}

const within = (rank: number): number => Math.min(RANKS, Math.max(1, rank));
/** The rank a key of a slider leads to; null for other keys. */
function rankAfter(key: string, rank: number): number | null {
  const to: Record<string, number> = {
    ArrowLeft: rank - 1,
    ArrowDown: rank - 1,
    ArrowRight: rank + 1,
    ArrowUp: rank + 1,
    PageDown: rank - 10,
    PageUp: rank + 10,
    Home: 1,
    End: RANKS,
  };
  const next = to[key];
  return next === undefined ? null : within(next);
}
