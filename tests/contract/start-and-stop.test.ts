import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { figure, full } from '../support/figure.ts';
import { freePort, type Product, root, startProduct, stopProcess } from '../support/product.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'likeness-start-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

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

describe('start and stop (contract §1)', () => {
  it('a first start killed −9 at random moments is repaired by the next one (property 41)', async () => {
    const kills = full ? 20 : 2;
    for (let kill = 0; kill < kills; kill++) {
      const port = await freePort();
      const env = { ...process.env, PORT: String(port), LIKENESS_DATA: dataDir, LIKENESS_SEED: 'none' };
      const child = spawn(process.execPath, [path.join(root, 'scripts/launch/main.ts')], {
        cwd: root,
        env,
        stdio: 'ignore',
      });
      await sleep(200 + (kill + 1) * (5000 / (kills + 1)));
      child.kill('SIGKILL');
      await sleep(100);
    }
    const product = await startProduct({ dataDir });
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
    figure(41, { figure: `${kills} starts killed −9, the next one is ready`, limit: 'ready' });
    expect(await product.stop()).toBe(0);
  }, 240_000);

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

  it('SIGTERM ends it with 0 in 10 s and leaves no process (property 41)', async () => {
    // Under load: what is being answered is answered, what comes later is refused.
    const load = setInterval(() => {
      const headers = { authorization: `Bearer ${product.apiKey}` };
      for (let i = 0; i < 4; i++) fetch(`${product.url}/v1/usage`, { headers }).catch(() => {});
    }, 20);
    await sleep(300);
    const began = Date.now();
    expect(await stopProcess(product.process)).toBe(0);
    clearInterval(load);
    const seconds = (Date.now() - began) / 1000;
    const left = processesOf(dataDir);
    figure(41, {
      figure: `SIGTERM under load: exit 0 after ${seconds} s, ${left.length} processes left`,
      limit: '10 s, 0 left',
    });
    expect([seconds < 10, left]).toEqual([true, []]);
  }, 30_000);

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
