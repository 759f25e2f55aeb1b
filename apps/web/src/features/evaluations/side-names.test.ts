import { describe, expect, it } from 'vitest';
import { type Side, sideNames } from './side-names.ts';

const side = (version: string, crop: string, time: string, day = '28'): Side => ({
  version,
  crop,
  at: new Date(`2026-11-${day}T${time}Z`),
});
const words = {
  crop: (crop: string) => `${crop} box`,
  day: (time: Date) => time.toISOString().slice(5, 10),
  time: (time: Date, precision: 'minute' | 'second') =>
    time.toISOString().slice(11, precision === 'minute' ? 16 : 19),
};
const names = (...sides: Side[]): string[] => sideNames(sides, words).map((parts) => parts.join(' · '));

describe('the names of evaluations side by side', () => {
  it('are their versions', () => {
    expect(names(side('v2', 'auto', '10:00:00'))).toEqual(['v2']);
    expect(names(side('v1', 'auto', '10:00:00'), side('v2', 'auto', '11:00:00'))).toEqual(['v1', 'v2']);
  });

  it('say the box way where it differs', () => {
    expect(names(side('v1', 'auto', '10:00:00'), side('v1', 'none', '11:00:00'))).toEqual([
      'v1 · auto box',
      'v1 · none box',
    ]);
    expect(names(side('v1', 'auto', '10:00:00'), side('v2', 'none', '11:00:00'))).toEqual([
      'v1 · auto box',
      'v2 · none box',
    ]);
  });

  it('say the time of two runs of one version, to the second within one minute', () => {
    expect(names(side('v1', 'auto', '10:00:00'), side('v1', 'auto', '10:07:30'))).toEqual([
      'v1 · 10:00',
      'v1 · 10:07',
    ]);
    expect(names(side('v1', 'auto', '10:00:03'), side('v1', 'auto', '10:00:41'))).toEqual([
      'v1 · 10:00:03',
      'v1 · 10:00:41',
    ]);
    expect(names(side('v1', 'auto', '10:00:00', '27'), side('v1', 'auto', '10:00:00'))).toEqual([
      'v1 · 11-27 · 10:00',
      'v1 · 11-28 · 10:00',
    ]);
  });
});
