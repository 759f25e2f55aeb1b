import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@likeness/db/embedded-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, root, startProduct } from '../support/product.ts';

let folder: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-outside-'));
  server = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'postgres'),
    port: await freePort(),
    logFile: path.join(folder, 'postgres.log'),
  });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a Postgres of one’s own', () => {
  it('is provisioned twice without harm, and the product starts on it and leaves it running', async () => {
    const password = 'a-password-of-tests';
    const env = { ...process.env, POSTGRES_ADMIN_URL: server.adminUrl, LIKENESS_DB_PASSWORD: password };
    for (let i = 0; i < 2; i++) {
      const done = spawnSync(process.execPath, [path.join(root, 'infra/compose/provision.ts')], {
        env,
        encoding: 'utf8',
      });
      expect([done.status, done.stderr]).toEqual([0, '']);
    }
    const { host } = new URL(server.adminUrl);
    const urlOf = (role: string): string => `postgresql://likeness_${role}:${password}@${host}/likeness`;
    const product = await startProduct({
      env: {
        DATABASE_OWNER_URL: urlOf('owner'),
        DATABASE_URL: urlOf('app'),
        DATABASE_SYSTEM_URL: urlOf('system'),
      },
    });
    const usage = await fetch(`${product.url}/v1/usage`, {
      headers: { authorization: `Bearer ${product.apiKey}` },
    });
    expect(usage.status).toBe(200);
    expect(await product.stop()).toBe(0);
    expect(() => process.kill(server.pid, 0)).not.toThrow();
  }, 120_000);
});
