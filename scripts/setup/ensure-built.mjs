import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, toolEnv } from './ensure-installed.mjs';
import { withLock } from './lock-folder.mjs';
import { fail } from './require-node.mjs';

const STAMP = path.join(root, '.turbo/likeness-build');
const CLIENT = path.join(root, 'packages/db/src/generated/client.ts');
const PAGES = path.join(root, 'apps/web/.next/BUILD_ID');
const INPUTS = [
  'apps/web',
  'packages/contracts/src',
  'packages/core/src',
  'packages/db/src',
  'packages/search-core/src',
  'prisma/schema',
  'package-lock.json',
];
const IGNORED = new Set(['node_modules', '.next', '.turbo', 'generated']);

/** Generates the Prisma client and builds the console when their sources changed since the last build. */
export async function ensureBuilt() {
  await withLock(path.join(root, '.turbo/build.lock'), async () => {
    const wanted = sourceHash();
    if (existsSync(CLIENT) && existsSync(PAGES) && stamp() === wanted) return;
    generateClient();
    process.stderr.write('Building the console (next build), about half a minute…\n');
    run('npm', ['run', 'build', '-w', 'apps/web'], 'The console did not build; the lines above say why.');
    mkdirSync(path.dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, wanted);
  });
}

/** Writes packages/db/src/generated from prisma/schema. */
export function generateClient() {
  run(
    'prisma',
    ['generate', '--config', 'prisma/prisma.config.ts'],
    'The Prisma client could not be generated.',
  );
}

function run(command, args, complaint) {
  const done = spawnSync(command, args, {
    cwd: root,
    env: toolEnv(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.status === 0) return;
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  fail(complaint);
}

function stamp() {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const input of INPUTS) addToHash(hash, path.join(root, input));
  return hash.digest('hex');
}

function addToHash(hash, file) {
  let entries;
  try {
    entries = readdirSync(file, { withFileTypes: true });
  } catch {
    hash.update(path.relative(root, file)).update(readFileSync(file));
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (!IGNORED.has(entry.name) && !entry.name.endsWith('.test.ts') && entry.name !== 'next-env.d.ts')
      addToHash(hash, path.join(file, entry.name));
  }
}
