import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = path.resolve(import.meta.dirname, '../main.ts');
type Ended = { code: number | null; stdout: string; stderr: string };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'likeness-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command in its own process; `interrupt` sends SIGINT at the first sign of progress. */
function command(args: readonly string[], how: { interrupt?: boolean } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ended.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    ended.stderr += chunk.toString();
    if (how.interrupt && !child.killed && /^1 of /m.test(ended.stderr)) child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}

const tiny = ['--size', '64', '--views', '1', '--street', '0', '--shoppers', '5', '--threads', '1'];

describe('the command sample-data', () => {
  it('a wrong flag is one line on stderr, exit 2, and nothing is written', async () => {
    const { code, stdout, stderr } = await command(['--out', 'never', '--products', '0']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^sample-data: --products takes .*\n$/);
    expect(existsSync(path.join(folder, 'never'))).toBe(false);
  }, 60_000);

  it.skipIf(process.platform !== 'linux')(
    'a place that takes no folders is one line, at once',
    async () => {
      const { code, stderr } = await command([...tiny, '--out', '/proc/none/of/this', '--products', '1']);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^sample-data: \/proc\/none: .*\(ENOENT\)\n$/);
    },
    20_000,
  );

  it('--help shows every flag and examples, exit 0', async () => {
    const { code, stdout } = await command(['--help']);
    expect(code).toBe(0);
    for (const flag of [
      'products',
      'seed',
      'out',
      'size',
      'views',
      'street',
      'threads',
      'shoppers',
      'wrong-clicks',
    ])
      expect(stdout).toContain(`--${flag}`);
    expect(stdout).toContain('npx sample-data --products 500 --seed 1');
  }, 60_000);

  it('a folder with other things in it is refused and left as it was', async () => {
    await mkdir(path.join(folder, 'mine/images'), { recursive: true });
    await writeFile(path.join(folder, 'mine/letter.txt'), 'dear');
    const { code, stderr } = await command(['--out', 'mine', ...tiny]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sample-data: --out mine is not empty and holds no sample; .*\n$/);
    expect((await readdir(path.join(folder, 'mine'))).sort()).toEqual(['images', 'letter.txt']);
  }, 60_000);

  it('a place that cannot be written to is one line, exit 1', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const { code, stderr } = await command(['--out', 'file/below', ...tiny]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^sample-data: .*file\/below.*: .+ \(ENOTDIR\)\n$/);
  }, 60_000);

  it('makes a sample, ends with one line of JSON, and remakes it only when that is wanted', async () => {
    const made = await command(['--out', 'shop', '--products', '3', ...tiny]);
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ products: 3, pictures: 3, street: 0, searches: 30 });
    expect(Object.keys(JSON.parse(made.stdout) as object)).toEqual([
      ...['products', 'pictures', 'street', 'searches', 'events', 'seconds'],
    ]);
    expect(made.stderr).toMatch(/^3 of 3 products, [\d.]+ pictures\/s, took/m);
    const catalog = await readFile(path.join(folder, 'shop/catalog.csv'), 'utf8');

    const other = await command(['--out', 'shop', '--products', '2', ...tiny]);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('--remake');
    expect(await readFile(path.join(folder, 'shop/catalog.csv'), 'utf8')).toBe(catalog);

    await writeFile(path.join(folder, 'shop/note.txt'), 'mine');
    const remade = await command(['--out', 'shop', '--products', '2', '--remake', ...tiny]);
    expect([remade.code, remade.stderr.split('\n')[0]]).toEqual([
      0,
      'sample-data: remaking the sample in shop',
    ]);
    expect(await readdir(path.join(folder, 'shop/images'))).toHaveLength(3);
    expect(existsSync(path.join(folder, 'shop/note.txt'))).toBe(true);
  }, 180_000);

  it('interrupted: says so, exit 130, and the same command makes the sample anew', async () => {
    const args = ['--out', 'cut', '--products', '400', ...tiny];
    const { code, stdout, stderr } = await command(args, { interrupt: true });
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/interrupted after \d+ of 400 products; cut is unfinished/);
    expect(JSON.parse(await readFile(path.join(folder, 'cut/sample.json'), 'utf8'))).toMatchObject({
      complete: false,
    });
    const again = await command(['--out', 'cut', '--products', '1', ...tiny]);
    expect(again.code).toBe(0);
    expect(await readdir(path.join(folder, 'cut/images'))).toHaveLength(2);
  }, 180_000);
});
