import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Services } from '../../scripts/launch/services.ts';
import { freePort } from '../support/product.ts';

/** Every write to it fails as on a full disk. */
const FULL = '/dev/full';
const data = mkdtempSync(path.join(os.tmpdir(), 'likeness-full-log-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Says whether its own output is a file, each write to which may fail: that must not be. */
const SPEAKER = `
const { fstatSync } = require('node:fs');
require('node:http').createServer((_, answer) => {
  console.error('a line of the log');
  const output = fstatSync(2);
  answer.end(output.isFIFO() || output.isSocket() ? 'ok' : 'a file');
}).listen(process.env.PORT, '127.0.0.1');
`;

it.skipIf(!existsSync(FULL))(
  'a process whose log has no room left goes on answering (property 39)',
  async () => {
    mkdirSync(path.join(data, 'logs'));
    symlinkSync(FULL, path.join(data, 'logs', 'speaker.log'));
    const file = path.join(data, 'speaker.cjs');
    writeFileSync(file, SPEAKER);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const services = new Services(data);
    try {
      await services.start({
        name: 'speaker',
        args: [file],
        cwd: data,
        env: { ...process.env, PORT: String(port) },
        ready: url,
      });
      for (let i = 0; i < 20; i++) expect(await (await fetch(url)).text()).toBe('ok');
    } finally {
      await services.stop();
    }
  },
  30_000,
);
