import { expect, test } from 'vitest';
import { changesOf } from './changes-of.ts';

test('of two states only what differs is told, with what it was and what it is', () => {
  const before = { boxWeights: { centre: 0.3, score: 0.5, area: 0.2 }, cropSide: 400, hours: 24 };
  const after = { boxWeights: { centre: 0.4, score: 0.4, area: 0.2 }, cropSide: 400, hours: 24 };
  expect(changesOf(before, after)).toEqual([
    { name: 'boxWeights.centre', from: 0.3, to: 0.4 },
    { name: 'boxWeights.score', from: 0.5, to: 0.4 },
  ]);
});

test('a publish tells from which version to which, and what was only before is no change', () => {
  const before = { live: 'idx_1', previous: null };
  expect(changesOf(before, { live: 'idx_2', reason: 'worse' })).toEqual([
    { name: 'live', from: 'idx_1', to: 'idx_2' },
    { name: 'reason', to: 'worse' },
  ]);
  expect(changesOf({ live: null, previous: null }, { live: 'idx_1', undoes: 'index.rollback' })).toEqual([
    { name: 'live', from: null, to: 'idx_1' },
  ]);
});

test('what was made or taken away is told whole', () => {
  expect(changesOf(null, { name: 'shop', scopes: ['search:run'] })).toEqual([
    { name: 'name', to: 'shop' },
    { name: 'scopes', to: ['search:run'] },
  ]);
  expect(changesOf({ name: 'shop' }, null)).toEqual([{ name: 'name', from: 'shop' }]);
  expect(changesOf(null, null)).toEqual([]);
});
