import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@likeness/db/testing/free-port';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMedia, serveMedia } from './media-origin.ts';

const TOKEN = 'WyJ0ZW5fMSIsImsiLDFd.q-2_Zx';
const NONE = [
  '/',
  '/sign-in',
  '/media',
  '/media/',
  `/media/${TOKEN}/`,
  `/media/${TOKEN}/more`,
  '/media/..',
  '/media/../sign-in',
  '/media/%2e%2e/sign-in',
  '/media/%2E%2E%2fsign-in',
  '/media/%252e%252e/sign-in',
  '/media/..%5csign-in',
  '/media/..\\sign-in',
  '/media/./../api/auth/csrf',
  '/media/../readyz',
  '//media/a.b',
  '/media//a.b',
  `/media/${TOKEN.replace('.', '%2e')}`,
  `/media/${TOKEN}?next=\\sign-in`,
  `http://likeness.test/media/${TOKEN}`,
];

describe('the origin of pictures', () => {
  let port: number;
  let server: ReturnType<typeof serveMedia>;
  beforeAll(async () => {
    port = await freePort();
    server = serveMedia((_request, response) => void response.end('handled'), {
      port,
      hostname: '127.0.0.1',
    });
    await sleep(50);
  });
  afterAll(() => void server.close());

  /** The address as it is, as `curl --path-as-is` sends it. */
  const ask = (address: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`GET ${address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
      );
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });

  test('serves exact addresses of pictures', async () => {
    for (const url of [`/media/${TOKEN}`, `/media/${TOKEN}?v=2`]) {
      expect([url, isMedia(url)]).toEqual([url, true]);
      expect(await ask(url)).toContain('handled');
    }
  });

  test('and nothing else, however the address is written', async () => {
    for (const url of NONE) {
      const answer = await ask(url);
      expect([url, isMedia(url), answer.split(' ')[1], answer.includes('handled')]).toEqual([
        url,
        false,
        '404',
        false,
      ]);
    }
  });
});
