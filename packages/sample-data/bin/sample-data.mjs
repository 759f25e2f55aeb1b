#!/usr/bin/env node
// Runs the TypeScript sources as they are; an older Node hands over to the Node 24 of the dev dependency.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
if (process.features.typescript) {
  await import(main);
} else {
  const node = path.join(
    path.dirname(createRequire(import.meta.url).resolve('node/package.json')),
    'bin/node',
  );
  process.exitCode = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
}
