import { describe, expect, it } from 'vitest';
import { readFlags, WrongUsage } from './flags.ts';

const wrong = (...args: string[]): string => {
  try {
    readFlags(args);
  } catch (error) {
    if (error instanceof WrongUsage) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('the flags of sample-data', () => {
  it('have defaults that suit a first look', () => {
    expect(readFlags(['--out', 'shop'])).toMatchObject({
      ...{ products: 60, seed: 1, out: 'shop', size: 800, views: 3, street: 2, shoppers: 60 },
      ...{ wrongClicks: 0.2, days: 28, preview: false, remake: false },
    });
    expect(readFlags(['--out', 'shop', '--products', '100000'])).toMatchObject({ shoppers: 2000 });
    expect(readFlags(['--help'])).toBe('help');
  });

  it.each([
    [['--products', '0'], '--products takes a whole number from 1 to 1000000, not "0"'],
    [['--products', '12.5'], '--products takes a whole number from 1 to 1000000, not "12.5"'],
    [['--products', '1e3'], '--products takes a whole number from 1 to 1000000, not "1e3"'],
    [['--products', ''], '--products takes a whole number from 1 to 1000000, not ""'],
    [['--seed=-1'], '--seed takes a whole number from 0 to 2147483647, not "-1"'],
    [['--size', '63'], '--size takes a whole number from 64 to 2048, not "63"'],
    [['--size', '0x100'], '--size takes a whole number from 64 to 2048, not "0x100"'],
    [['--views', '16'], '--views takes a whole number from 1 to 15, not "16"'],
    [['--street', '51'], '--street takes a whole number from 0 to 50, not "51"'],
    [['--threads', '0'], '--threads takes a whole number from 1 to 64, not "0"'],
    [['--shoppers', 'many'], '--shoppers takes a whole number from 0 to 1000000, not "many"'],
    [['--wrong-clicks', '1'], '--wrong-clicks takes a number from 0 to 0.8, not "1"'],
    [['--wrong-clicks', 'NaN'], '--wrong-clicks takes a number from 0 to 0.8, not "NaN"'],
    [['--days', '366'], '--days takes a whole number from 1 to 365, not "366"'],
    [['--seed'], '--seed takes a whole number from 0 to 2147483647'],
    [['--seed', '--preview'], '--seed takes a whole number from 0 to 2147483647'],
    [['--seed', '1', '--seed', '2'], '--seed is given twice'],
    [['shop2'], 'shop2 is not a flag; the folder is given as --out DIR'],
  ])('%j is refused by name with what is allowed', (args, message) => {
    expect(wrong('--out', 'shop', ...args)).toBe(message);
  });

  it('a missing folder and an unknown flag are told', () => {
    expect(wrong('--products', '5')).toBe('--out is missing: the folder to write to, as in --out DIR');
    expect(wrong('--out')).toBe('--out takes a folder');
    expect(wrong('--out', 'shop', '--colour', 'red')).toMatch(
      /^--colour is unknown; there are --products, .*--help$/,
    );
    expect(wrong('--out', 'shop', '--preview=yes')).toMatch(/--preview/);
  });
});
