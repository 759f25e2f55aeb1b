import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { freePorts, keptMediaPort } from '../../scripts/launch/ports.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-port-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the port of pictures stays the same from start to start while it is free, and moves when it is taken', async () => {
  const [first = 0, second = 0, third = 0] = await freePorts(3);
  const at = (fresh: number): Promise<number> => keptMediaPort(folder, '127.0.0.1', fresh);
  expect([await at(first), await at(second), await at(third)]).toEqual([first, first, first]);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(first, '127.0.0.1', () => resolve()));
  expect(await at(second)).toBe(second);
  await new Promise((resolve) => other.close(resolve));
  expect(await at(third)).toBe(second);
});
