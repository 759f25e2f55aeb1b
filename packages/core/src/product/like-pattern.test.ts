import { expect, test } from 'vitest';
import { likePattern } from './like-pattern.ts';

test('what a person types is no pattern, and their extra spaces are none of the title’s', () => {
  expect(likePattern('  ankle   boot ')).toBe('ankle boot');
  expect(likePattern('SKU_3 50% a\\b')).toBe('SKU\\_3 50\\% a\\\\b');
});
