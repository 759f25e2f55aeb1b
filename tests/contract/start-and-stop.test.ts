import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { likenessJson } from '../support/command-line.ts';
import { figure, full } from '../support/figure.ts';
import { freePort, type Product, removeData, root, startProduct, stopProcess } from '../support/product.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'likeness-start-'));
afterAll(() => removeData(dataDir));

const start = (env: NodeJS.ProcessEnv, args: string[] = []): { status: number | null; stderr: string } => {
  const done = spawnSync(process.execPath, [path.join(root, 'scripts/start.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status: done.status, stderr: done.stderr };
};

/** Processes whose command line or environment names the data folder. */
function processesOf(folder: string): string[] {
  const listed = spawnSync('ps', ['axo', 'pid,args'], { encoding: 'utf8' }).stdout;
  return listed.split('\n').filter((line) => line.includes(folder) && !line.includes('ps axo'));
}

describe('start, stop and repair (contract §1) (property 41)', () => {
  it('a first start killed −9 at random moments is repaired by the next one', async () => {
    const kills = full ? 20 : 2;
    let slowest = 0;
    for (let kill = 0; kill < kills; kill++) {
      // Each time a first start: only the last folder is kept, for the tests below.
      rmSync(dataDir, { recursive: true, force: true });
      const port = await freePort();
      const env = { ...process.env, PORT: String(port), LIKENESS_DATA: dataDir, LIKENESS_SEED: 'none' };
      const child = spawn(process.execPath, [path.join(root, 'scripts/launch/main.ts')], {
        cwd: root,
        env,
        stdio: 'ignore',
      });
      await sleep(200 + (kill + Math.random()) * (6000 / kills));
      child.kill('SIGKILL');
      await sleep(100);
      const began = Date.now();
      const repaired = await startProduct({ dataDir });
      slowest = Math.max(slowest, (Date.now() - began) / 1000);
      expect((await fetch(`${repaired.url}/readyz`)).status).toBe(200);
      expect([kill, await repaired.stop(), processesOf(dataDir)]).toEqual([kill, 0, []]);
    }
    figure(41, {
      figure: `${kills} first starts killed −9 at random moments: each next start ready, the slowest in ${slowest.toFixed(1)} s`,
      limit: 'ready',
    });
  }, 900_000);

  let product: Product;

  it('a second start reuses the data, is ready in 8 s, and keeps address book and key', async () => {
    const began = Date.now();
    product = await startProduct({ dataDir });
    const seconds = (Date.now() - began) / 1000;
    process.stdout.write(`second start: ready after ${seconds.toFixed(1)} s\n`);
    const usage = await fetch(`${product.url}/v1/usage`, {
      headers: { authorization: `Bearer ${product.apiKey}` },
    });
    expect(usage.status).toBe(200);
    expect(await usage.json()).toMatchObject({ meters: { search: 0, detect: 0 } });
  }, 120_000);

  it('a second copy on the same data folder is refused in one line', () => {
    const { status, stderr } = start({ PORT: '1', LIKENESS_DATA: dataDir });
    expect(status).not.toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('already runs');
  }, 60_000);

  it('SIGTERM ends it with 0 in 10 s and leaves no process', async () => {
    // Under load: what is being answered is answered, what comes later is refused.
    product ??= await startProduct({ dataDir });
    const load = setInterval(() => {
      const headers = { authorization: `Bearer ${product.apiKey}` };
      for (let i = 0; i < 4; i++) fetch(`${product.url}/v1/usage`, { headers }).catch(() => {});
    }, 20);
    await sleep(300);
    const began = Date.now();
    const code = await stopProcess(product.process).finally(() => clearInterval(load));
    expect(code).toBe(0);
    const seconds = (Date.now() - began) / 1000;
    const left = processesOf(dataDir);
    figure(41, {
      figure: `SIGTERM under load: exit 0 after ${seconds} s, ${left.length} processes left`,
      limit: '10 s, 0 left',
    });
    expect([seconds < 10, left]).toEqual([true, []]);
  }, 240_000);

  it('the command itself killed −9 leaves no process behind, and the next start is ready', async () => {
    const killed = await startProduct({ dataDir });
    killed.process.kill('SIGKILL');
    const began = Date.now();
    while (processesOf(dataDir).length > 0 && Date.now() - began < 15_000) await sleep(200);
    expect(processesOf(dataDir)).toEqual([]);
    const next = await startProduct({ dataDir });
    expect([(await fetch(`${next.url}/readyz`)).status, await next.stop()]).toEqual([200, 0]);
  }, 120_000);

  it('people may come in by an address that leads elsewhere; this machine asks the listener', async () => {
    const [port, pictures] = [await freePort(), await freePort()];
    const outside = await startProduct({ dataDir, port, env: { PUBLIC_URL: 'https://shop.example' } });
    expect(outside.url).toBe('https://shop.example');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect(await likenessJson(dataDir, ['usage'])).toMatchObject({ meters: { search: 0 } });
    expect(await outside.stop()).toBe(0);
    const own = await startProduct({ dataDir, env: { MEDIA_PORT: String(pictures) } });
    expect((await fetch(`http://127.0.0.1:${pictures}/media/none`)).status).toBe(404);
    expect(await own.stop()).toBe(0);
  }, 120_000);

  it('a port in use is one clear line', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { status, stderr } = await new Promise<{ status: number | null; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
        cwd: root,
        env: { ...process.env, PORT: String(port), LIKENESS_DATA: dataDir },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let text = '';
      child.stderr.on('data', (chunk) => {
        text += chunk;
      });
      child.once('close', (code) => resolve({ status: code, stderr: text }));
    });
    server.close();
    expect(status).toBe(1);
    expect(stderr.trim()).toBe(`Port ${port} on 127.0.0.1 is in use. Choose another with PORT=….`);
  }, 60_000);

  it('a half-written data folder is repaired where that is safe, and refused in one line where it is not', async () => {
    // What a kill between two writes leaves behind: temporary files, half a list, a lock of a process that is gone.
    writeFileSync(path.join(dataDir, 'secrets.json.tmp'), '{"authSe');
    writeFileSync(path.join(dataDir, 'run.json'), '{"url":');
    writeFileSync(path.join(dataDir, 'processes.json'), '[{"pid":1,');
    writeFileSync(path.join(dataDir, 'launcher.pid'), '999999');
    writeFileSync(path.join(dataDir, 'tmp', 'half'), 'x');
    rmSync(path.join(dataDir, 'logs'), { recursive: true, force: true });
    const repaired = await startProduct({ dataDir });
    const usage = await fetch(`${repaired.url}/v1/usage`, {
      headers: { authorization: `Bearer ${repaired.apiKey}` },
    });
    expect([usage.status, await repaired.stop()]).toEqual([200, 0]);
    const secrets = path.join(dataDir, 'secrets.json');
    const whole = readFileSync(secrets, 'utf8');
    writeFileSync(secrets, whole.slice(0, 40));
    const refused = start({ LIKENESS_DATA: dataDir, PORT: String(await freePort()) });
    writeFileSync(secrets, whole);
    expect([refused.status, refused.stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(refused.stderr).toContain('secrets.json is not JSON');
    figure(41, {
      figure: 'half-written folder: 6 leftovers repaired, torn secrets refused in one line',
      limit: 'ready, or one line',
    });
  }, 120_000);

  it('an unknown option and a bad setting are one clear line each', () => {
    expect(start({ LIKENESS_DATA: dataDir }, ['--twice']).stderr.trim()).toBe(
      'Unknown option --twice. The only one is --once.',
    );
    expect(start({ LIKENESS_DATA: dataDir, PORT: 'x' }).stderr.trim()).toBe('PORT=x is not a port number.');
    expect(start({ LIKENESS_DATA: dataDir, LIKENESS_SEED: 'big' }).stderr.trim()).toContain(
      'neither sample nor none',
    );
  }, 60_000);
});

const hasIpv6 = Object.values(os.networkInterfaces()).some((each) =>
  each?.some(({ address }) => address === '::1'),
);

describe('HOST (contract §1)', () => {
  it.skipIf(!hasIpv6)(
    `takes addresses of IPv6${hasIpv6 ? '' : ' (skipped: this machine has none)'}`,
    async () => {
      for (const [HOST, url] of [
        ['::1', 'http://[::1]:'],
        ['::', 'http://127.0.0.1:'],
      ] as const) {
        const product = await startProduct({ dataDir, env: { HOST }, readyTimeoutMs: 60_000 });
        expect(product.url.startsWith(url)).toBe(true);
        expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
        expect(await product.stop()).toBe(0);
      }
    },
    150_000,
  );
});

describe('a start that cannot be (contract §1)', () => {
  const said = (
    env: NodeJS.ProcessEnv,
    before: string[] = [],
  ): { status: number | null; lines: string[] } => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [...before, path.join(root, 'scripts/start.mjs')],
      { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', timeout: 60_000 },
    );
    return { status, lines: stderr.trim().split('\n') };
  };

  it.each([
    [
      'a Postgres folder of something else',
      'a Postgres data folder of something else',
      (folder: string) => {
        mkdirSync(path.join(folder, 'data/postgres'), { recursive: true });
        writeFileSync(path.join(folder, 'data/postgres/PG_VERSION'), '16\n');
      },
    ],
    [
      'a file where the data folder should be',
      'cannot be made',
      (folder: string) => writeFileSync(path.join(folder, 'data'), ''),
    ],
  ])(
    '%s is one clear line',
    async (_, words, prepare) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-refused-'));
      chmodSync(folder, 0o755); // closed to others, Postgres would lie elsewhere
      prepare(folder);
      const { status, lines } = said({
        LIKENESS_DATA: path.join(folder, 'data'),
        PORT: String(await freePort()),
      });
      expect([status, lines.length, lines[0]]).toEqual([1, 1, expect.stringContaining(words)]);
      rmSync(folder, { recursive: true, force: true });
    },
    300_000,
  );

  it('a data folder where the system makes none is one clear line', async () => {
    const { status, lines } = said({ LIKENESS_DATA: '/proc/likeness', PORT: String(await freePort()) });
    expect([status, lines.length, lines[0]]).toEqual([1, 1, expect.stringContaining('cannot be made')]);
  }, 60_000);

  it('too old a Node is one clear line', () => {
    const fake = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.19.0"}})';
    const { status, lines } = said({}, ['--import', `data:text/javascript,${fake}`]);
    expect([status, lines]).toEqual([1, ['Likeness needs Node 20 or newer; this is 18.19.0.']]);
  });
});
