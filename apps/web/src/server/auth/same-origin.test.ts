import { describe, expect, it } from 'vitest';
import { requireSameOrigin } from './same-origin.ts';

const URL_OWN = 'http://console.example:3000/api/trpc';
const call = (headers: Record<string, string>, method = 'POST'): Request =>
  new Request(URL_OWN, { method, headers: { host: 'console.example:3000', ...headers } });

describe('a foreign page (property 46, short)', () => {
  const FOREIGN: [string, Record<string, string>][] = [
    ['a form of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a form of a sister site', { 'sec-fetch-site': 'same-site', origin: 'http://other.example' }],
    ['a null origin', { origin: 'null' }],
    ['an older browser on another site', { origin: 'https://evil.example' }],
    ['no origin at all', {}],
    ['another port of this host', { origin: 'http://console.example:4000' }],
    ['a typed address', { 'sec-fetch-site': 'none' }],
  ];
  const TYPES = [
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
  ];

  it.each(FOREIGN)('cannot change anything: %s', (_name, headers) => {
    for (const type of TYPES)
      expect(() => requireSameOrigin(call({ ...headers, 'content-type': type }))).toThrow(/console itself/);
  });

  it('is told apart from the console itself', () => {
    expect(() => requireSameOrigin(call({ 'sec-fetch-site': 'same-origin' }))).not.toThrow();
    expect(() => requireSameOrigin(call({ origin: 'http://console.example:3000' }))).not.toThrow();
  });
});
