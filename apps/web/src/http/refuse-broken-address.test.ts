import { expect, test } from 'vitest';
import { isPlainAddress } from './refuse-broken-address.ts';

test('addresses that are no text are told from those that are', () => {
  for (const url of ['/', '/default/search?q=100%25&x=%F0%9F%91%97', '/a%2Fb', undefined])
    expect([url, isPlainAddress(url)]).toEqual([url, true]);
  for (const url of ['/%E0%A4', '/%', '/x%00', '/?q=%ED%A0%80', '/?q=%zz'])
    expect([url, isPlainAddress(url)]).toEqual([url, false]);
});
