// `npm run prove -- N`: guarantee N of the list of properties at its full counts, closed by one JSON line.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from './setup/ensure-built.mjs';
import { ensureInstalled, node24, root, toolEnv } from './setup/ensure-installed.mjs';
import { fail, requireNode } from './setup/require-node.mjs';

requireNode();
const property = Number(process.argv[2]);
if (!Number.isInteger(property) || property < 1 || property > 50)
  fail('Usage: npm run prove -- N, with N from 1 to 50');
await ensureInstalled();
await ensureBuilt();
const report = path.join(mkdtempSync(path.join(os.tmpdir(), 'likeness-prove-')), 'report.json');
const started = Date.now();
// Every test of a guarantee carries "(property N)" in its name; PROVE=full raises its counts.
const args = [
  path.join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '-t',
  `\\(property ${property}\\)`,
  '--testTimeout=3600000',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];
spawnSync(node24, args, { cwd: root, env: { ...toolEnv(), PROVE: 'full' }, stdio: ['ignore', 2, 2] });
const result = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1 };
const ran = result.numPassedTests + result.numFailedTests;
const pass = ran > 0 && result.numFailedTests === 0;
const figure = `${result.numPassedTests} of ${ran} assertions held`;
process.stdout.write(
  `${JSON.stringify({ property, figure, limit: 'all', pass, seconds: (Date.now() - started) / 1000 })}\n`,
);
process.exitCode = pass ? 0 : 1;
