import { describe, expect, test } from 'vitest';
import { cutText, findUnstorable, toStorable } from './storable-text.ts';

describe('text that Postgres can hold', () => {
  test('whatever a value holds, its storable copy has nothing that cannot be stored, and the rest is as it was', () => {
    const half = '\uD83D';
    const value = {
      a: 'x\0y',
      [`k\0${half}`]: [half, 1, null, true, { deep: `${half}\0` }],
      plain: '👗 dress',
    };
    expect(findUnstorable(value)).not.toBeNull();
    const copy = toStorable(value);
    expect(findUnstorable(copy)).toBeNull();
    expect(copy).toMatchObject({ a: 'x\uFFFDy', plain: '👗 dress' });
  });

  test('a cut never leaves half a character', () => {
    expect(cutText('ab👗', 3)).toBe('ab');
    expect(cutText('ab👗', 4)).toBe('ab👗');
  });
});
