import type { Box } from '@likeness/contracts/box';
import type { Minimum } from './box-geometry.ts';

export type Side = 'left' | 'top' | 'width' | 'height';
export const SIDES: readonly Side[] = ['left', 'top', 'width', 'height'];

/** Tenths, as fine as the finest step of the keys. */
const percent = (fraction: number): number => Math.round(fraction * 1000) / 10;

/** The box as it is said and typed: left, top, width and height in per cent of the photo. */
export function percentsOf([x1, y1, x2, y2]: Box): Record<Side, number> {
  return { left: percent(x1), top: percent(y1), width: percent(x2 - x1), height: percent(y2 - y1) };
}

const NUMBER = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s*%?$/;

/** What was typed as a fraction of the photo, also with a decimal comma or in full-width figures; null for no number. */
export function fractionOf(text: string): number | null {
  const figures = NUMBER.exec(text.normalize('NFKC').trim())?.[1];
  return figures === undefined ? null : Number(figures.replace(',', '.')) / 100;
}

/**
 * The box with one of its four numbers changed. What is typed stands, as far as the photo and the smallest box let it:
 * a box that no longer fits beside its new left edge ends at the border, so that the four can be typed in any order.
 */
export function typeSide([x1, y1, x2, y2]: Box, typed: { side: Side; to: number; min: Minimum }): Box {
  const { side, to, min } = typed;
  if (side === 'left' || side === 'width') {
    const [from, until] = side === 'left' ? start(to, x2 - x1, min[0]) : [x1, end(x1, to, min[0])];
    return [from, y1, until, y2];
  }
  const [from, until] = side === 'top' ? start(to, y2 - y1, min[1]) : [y1, end(y1, to, min[1])];
  return [x1, from, x2, until];
}

function start(to: number, length: number, least: number): [number, number] {
  const from = Math.min(Math.max(to, 0), 1 - Math.min(length, least));
  return [from, Math.min(1, from + length)];
}

const end = (from: number, length: number, least: number): number =>
  Math.min(1, from + Math.max(length, least));
