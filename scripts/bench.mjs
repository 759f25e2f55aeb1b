// `npm run bench -- NAME`: runs bench/NAME/main.ts, which ends with one JSON line (docs: README, contract §6).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './setup/ensure-built.mjs';
import { ensureInstalled, node24, root, toolEnv } from './setup/ensure-installed.mjs';
import { fail, requireNode } from './setup/require-node.mjs';

requireNode();
const [name, ...rest] = process.argv.slice(2);
const folder = path.join(root, 'bench');
const names = readdirSync(folder).filter((entry) => existsSync(path.join(folder, entry, 'main.ts')));
if (!name || !names.includes(name)) fail(`Usage: npm run bench -- NAME, one of ${names.join(', ')}`);
await ensureInstalled();
await ensureBuilt();
const { status } = spawnSync(node24, [path.join(folder, name, 'main.ts'), ...rest], {
  cwd: root,
  env: toolEnv(),
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
