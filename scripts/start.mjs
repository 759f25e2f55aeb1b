// `npm start`: installs, builds and hands over to scripts/launch/main.ts on Node 24. Built-ins only.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt } from './setup/ensure-built.mjs';
import { ensureInstalled, node24, root, toolEnv } from './setup/ensure-installed.mjs';
import { launchFlags } from './setup/launch-flags.mjs';
import { requireNode } from './setup/require-node.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const main = path.join(root, 'scripts/launch/main.ts');
const child = spawn(node24, [...launchFlags, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: toolEnv(),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
