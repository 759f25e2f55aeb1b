import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
type Theme = 'light' | 'dark';

/** Linear sRGB of an OKLCH colour (Björn Ottosson's matrices), clipped to the gamut. */
function toLinear([l, c, h]: [number, number, number]): [number, number, number] {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ] as [number, number, number];
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((value) => Math.min(1, Math.max(0, value))) as [number, number, number];
}

function colour(name: string, theme: Theme): [number, number, number] {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? '';
  const all = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)];
  const found = all[theme === 'dark' && all.length > 1 ? 1 : 0];
  if (!found) throw new Error(`no colour --${name}`);
  return [Number(found[1]), Number(found[2]), Number(found[3])];
}

function luminance(name: string, theme: Theme): number {
  const [r, g, b] = toLinear(colour(name, theme));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(front: string, back: string, theme: Theme): number {
  const [a, b] = [luminance(front, theme), luminance(back, theme)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Text needs 4.5, the edge of a control 3 (WCAG 2.2). */
const PAIRS: [string, string, number][] = [
  ['ink', 'canvas', 7],
  ['ink', 'active', 7],
  ['ink-2', 'canvas', 4.5],
  ['ink-2', 'rail', 4.5],
  ['ink-2', 'raised', 4.5],
  ['ink-2', 'sunken', 4.5],
  ['ink-2', 'chip', 4.5],
  ['ink-2', 'stage', 4.5],
  ['ink-3', 'canvas', 4.5],
  ['ink-3', 'rail', 4.5],
  ['ink-3', 'raised', 4.5],
  ['ink-3', 'chip', 4.4],
  ['on-ink', 'ink', 7],
  ['edge', 'canvas', 3],
  ['accent', 'canvas', 3],
  ['accent-text', 'canvas', 4.5],
  ['accent-text', 'accent-wash', 4.5],
  ['on-accent', 'accent', 4.5],
  ['good', 'canvas', 4.5],
  ['good', 'good-wash', 4.5],
  ['bad', 'canvas', 4.5],
  ['bad', 'bad-wash', 4.5],
  ['warn', 'canvas', 4.5],
  ['warn', 'warn-wash', 4.5],
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(PAIRS)('keeps %s readable on %s', (front, back, least) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(least);
  });

  it('has no hue in its chrome', () => {
    for (const name of [
      'canvas',
      'rail',
      'raised',
      'sunken',
      'chip',
      'stage',
      'ink',
      'ink-2',
      'ink-3',
      'line',
    ])
      expect(colour(name, theme)[1]).toBe(0);
  });
});
