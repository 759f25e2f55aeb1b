import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock-folder.mjs';
import { fail } from './require-node.mjs';

export const root = path.resolve(import.meta.dirname ?? new URL('..', import.meta.url).pathname, '../..');
export const node24 = path.join(root, 'node_modules/node/bin/node');
/** Environment in which `node` is the Node 24 of the dev dependency. */
export const toolEnv = () => ({
  ...process.env,
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
});

/** Runs `npm ci` unless node_modules holds exactly what package-lock.json names. */
export async function ensureInstalled() {
  if (installed()) return;
  await withLock(path.join(root, '.turbo/install.lock'), async () => {
    if (installed()) return;
    process.stderr.write('Installing dependencies (npm ci), about a minute…\n');
    const npm = process.env.npm_execpath;
    const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
    const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const env = { ...process.env, NODE_ENV: undefined, npm_config_production: undefined };
    const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env });
    if (status !== 0) fail('npm ci failed; its last lines above say why. Nothing was started.');
    if (!existsSync(node24)) fail('npm ci left no Node 24: allow the install script of the package "node".');
  });
}

function installed() {
  try {
    const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(
      readFileSync(path.join(root, 'node_modules/.package-lock.json'), 'utf8'),
    ).packages;
    const missing = Object.entries(wanted).some(
      ([name, entry]) =>
        name.startsWith('node_modules/') &&
        !entry.optional &&
        !entry.peer &&
        !entry.link &&
        present[name]?.version !== entry.version,
    );
    return !missing && existsSync(node24);
  } catch {
    return false;
  }
}
