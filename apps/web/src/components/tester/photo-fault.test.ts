import { LIMITS } from '@likeness/contracts/limits';
import { expect, it } from 'vitest';
import { isOfThePhoto, refusalOf } from './photo-fault.ts';

it('refuses an empty file and one above the limit before they travel, as faults of the photo', () => {
  const codes = [0, 1, LIMITS.imageBytesMax, LIMITS.imageBytesMax + 1].map((size) => refusalOf({ size }));
  expect(codes).toEqual(['image_required', null, null, 'payload_too_large']);
  expect(codes.filter((code) => code !== null).every(isOfThePhoto)).toBe(true);
  expect(isOfThePhoto('engine_unavailable')).toBe(false);
});
