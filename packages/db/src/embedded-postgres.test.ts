import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLiving } from './embedded/running-server.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { superviseEmbeddedPostgres } from './supervised-postgres.ts';
import { freePort } from './testing/free-port.ts';

const KILLED_STARTS = Number(process.env.LIKENESS_KILLED_STARTS ?? 5);
const isRoot = process.getuid?.() === 0;

describe('embedded Postgres starts, stops and repairs itself (property 41)', () => {
  let home: string;
  let port: number;
  let servers: EmbeddedPostgres[];
  beforeEach(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'likeness-pg-'));
    chmodSync(home, 0o755);
    port = await freePort();
    servers = [];
  });
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    for (const { folder } of servers) rmSync(folder, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  });

  const optionsOf = (at: string) => ({
    dataDir: path.join(at, 'postgres'),
    port,
    logFile: path.join(at, 'logs/postgres.log'),
  });
  const start = async (at = home): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres(optionsOf(at));
    servers.push(server);
    return server;
  };
  const ask = async (server: EmbeddedPostgres, sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: server.adminUrl });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  test('a second start finds the data of the first, and stop leaves no process within 5 s though clients are connected', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const client = new pg.Client({ connectionString: first.adminUrl });
    client.on('error', () => {});
    await client.connect();
    const began = Date.now();
    await first.stop();
    expect(Date.now() - began).toBeLessThan(5000);
    expect(isLiving(first.pid)).toBe(false);
    expect(await ask(await start(), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('a server that a killed launcher left behind is taken over, not started twice', async () => {
    const first = await start();
    const second = await start();
    expect(second.pid).toBe(first.pid);
  });

  test(`a first start killed at ${KILLED_STARTS} random moments leaves nothing that the next start cannot use`, async () => {
    const { dataDir, logFile } = optionsOf(home);
    for (let i = 0; i < KILLED_STARTS; i++) {
      const script = path.join(import.meta.dirname, 'testing/start-and-wait.ts');
      const child = spawn(process.execPath, [script, dataDir, String(port), logFile], { stdio: 'ignore' });
      await sleep(100 + Math.random() * 900);
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    expect(await ask(await start(), 'SELECT 1 AS ok')).toEqual([{ ok: 1 }]);
  });

  test('a postmaster killed by SIGKILL: committed rows are there after the next start', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    expect(await ask(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('a supervised server that is killed comes back on its port by itself and says so in one line each time', async () => {
    const lines: string[] = [];
    const server = await superviseEmbeddedPostgres(optionsOf(home), (line) => lines.push(line));
    servers.push(server);
    await ask(server, 'CREATE TABLE kept AS SELECT 42 AS answer');
    for (let kill = 1; kill <= 2; kill++) {
      const dead = server.pid;
      process.kill(dead, 'SIGKILL');
      const deadline = Date.now() + 15_000;
      while (server.pid === dead && Date.now() < deadline) await sleep(50);
      expect(await ask(server, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      expect(lines).toHaveLength(kill);
    }
    const { pid } = server;
    await server.stop();
    expect(isLiving(pid)).toBe(false);
    await sleep(600);
    await expect(ask(server, 'SELECT 1')).rejects.toThrow();
  }, 60_000);

  test('a lock file that names a living process of something else does not stop the start', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(path.join(first.folder, 'postmaster.pid'), `${process.pid}\n${first.folder}\n1\n${port}\n`);
    expect(await ask(await start(), 'SELECT 1 AS ok')).toEqual([{ ok: 1 }]);
  });

  test('a Postgres folder of something else, or any other content, is refused by name and left as it was', async () => {
    const folder = path.join(home, 'postgres');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(`${folder} is a Postgres data folder of something else`);
    expect(readFileSync(path.join(folder, 'PG_VERSION'), 'utf8')).toBe('15\n');
    rmSync(path.join(folder, 'PG_VERSION'));
    writeFileSync(path.join(folder, 'holiday.txt'), 'mine');
    await expect(start()).rejects.toThrow(`${folder} is not empty`);
  });

  test.runIf(isRoot)(
    'as root below a folder closed to others the cluster lies in /var/lib/likeness, a second start finds it, and a new folder of the same name starts empty',
    async () => {
      const closed = path.join(home, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const first = await start(path.join(closed, 'data'));
      expect(first.folder).toMatch(/^\/var\/lib\/likeness\/[0-9a-f]{16}\/postgres$/);
      expect(existsSync(path.join(closed, 'data/postgres'))).toBe(false);
      await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.stop();
      const second = await start(path.join(closed, 'data'));
      expect(await ask(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      await second.stop();
      rmSync(path.dirname(second.folder), { recursive: true, force: true });
    },
  );
});
