import { expect, it } from 'vitest';
import { chooseTimeZone } from './choose-time-zone.ts';

it('takes a known zone and falls back to UTC for anything else', () => {
  expect(chooseTimeZone('Asia/Shanghai')).toBe('Asia/Shanghai');
  expect([chooseTimeZone(undefined), chooseTimeZone(''), chooseTimeZone('Mars/Crater')]).toEqual([
    'UTC',
    'UTC',
    'UTC',
  ]);
});
