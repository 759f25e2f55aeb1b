import type { Random } from '../../random.ts';

/** Colours of things at home and in the street: mostly greys, woods and dusty hues, a bright one now and then. */
const CALM = [
  '#e3dfd6',
  '#cfc8ba',
  '#b3aca0',
  '#8b8680',
  '#5b5955',
  '#343437',
  '#22242a',
  '#6a7a84',
  '#3f4f63',
  '#8a9aa0',
  '#7d8770',
  '#56634f',
  '#a39577',
  '#8c6f52',
  '#6b4c3a',
  '#a8775a',
  '#9c5f4c',
  '#b58c82',
  '#7a4b4b',
  '#c3a066',
] as const;
const BRIGHT = ['#b23a30', '#d19a2a', '#2f6fa3', '#3f7f58', '#d8d5ce', '#c8643a', '#5a4a86'] as const;

export const calmTone = (r: Random): string => r.pick(CALM);
export const anyTone = (r: Random): string => (r.chance(0.22) ? r.pick(BRIGHT) : r.pick(CALM));
export const CAR_TONES = [
  '#d9dadb',
  '#8d9196',
  '#2b2d31',
  '#4a5766',
  '#7a2f2c',
  '#2f4a63',
  '#b8b2a6',
] as const;
