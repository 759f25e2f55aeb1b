// `npm start`: installs, builds and hands over to scripts/launch/main.ts on Node 24. Built-ins only.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt } from './setup/ensure-built.mjs';
import { ensureInstalled, node24, root, toolEnv } from './setup/ensure-installed.mjs';
import { launchFlags } from './setup/launch-flags.mjs';
import { requireNode } from './setup/require-node.mjs';
import { watchParent } from './setup/watch-parent.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const main = path.join(root, 'scripts/launch/main.ts');
const child = spawn(node24, [...launchFlags, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: toolEnv(),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// Run by a shell it may outlive it; run by npm it is what npm is, also when that is killed.
if (process.env.npm_lifecycle_event === 'start') watchParent(() => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
