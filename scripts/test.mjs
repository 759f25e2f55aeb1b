// `npm test`: installs, checks, builds, runs every test, and closes with `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt, generateClient } from './setup/ensure-built.mjs';
import { ensureChromium } from './setup/ensure-chromium.mjs';
import { ensureInstalled, node24, root, toolEnv } from './setup/ensure-installed.mjs';
import { requireNode } from './setup/require-node.mjs';

requireNode();
await ensureInstalled();
generateClient();
await ensureBuilt();
const chromium = ensureChromium();
const shared = process.env.LIKENESS_SHARED ?? path.resolve(root, '../shared');
const env = {
  ...toolEnv(),
  ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  ...(existsSync(shared) ? { LIKENESS_SHARED: shared } : {}),
};

const only = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
if (only.length === 0) for (const [name, args] of checks()) runCheck(name, args);
runTests();
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;

/** Lint and types count as tests: one each. */
function checks() {
  const typescript = path.join(root, 'node_modules/typescript/bin/tsc');
  const workspaces = ['apps', 'packages'].flatMap((group) =>
    readdirSync(path.join(root, group)).map((name) => `${group}/${name}`),
  );
  const typed = [...workspaces, '.'].filter((folder) => existsSync(path.join(root, folder, 'tsconfig.json')));
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  return [
    ['Biome finds nothing', [biome, 'check', '.']],
    [
      'types of the tests of tRPC hold',
      [typescript, '--noEmit', '-p', path.join(root, 'tests/tsconfig.web.json')],
    ],
    ...typed.map((folder) => [
      `types of ${folder} hold`,
      [typescript, '--noEmit', '-p', path.join(root, folder)],
    ]),
  ];
}

function runCheck(name, args) {
  const done = spawnSync(node24, args, { cwd: root, env, encoding: 'utf8' });
  const passed = done.status === 0;
  totals[passed ? 'passed' : 'failed'] += 1;
  process.stdout.write(`${passed ? '✓' : '✗'} ${name}\n${passed ? '' : `${done.stdout}${done.stderr}`}`);
}

function runTests() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-test-'));
  const report = path.join(folder, 'report.json');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...only,
  ];
  const done = spawnSync(node24, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (!existsSync(report)) {
    totals.failed += 1;
    return;
  }
  count(JSON.parse(readFileSync(report, 'utf8')), done.status);
  rmSync(folder, { recursive: true, force: true });
}

function count(report, status) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const skipped = tests.filter(
    (test) => test.status === 'pending' || test.status === 'skipped' || test.status === 'todo',
  );
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  // A file that could not even be loaded has no tests, yet it is a failure.
  totals.failed += report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  if (status !== 0 && totals.failed === 0) totals.failed = 1;
  const missing = process.env.CI === 'true' ? skipped.filter((test) => !/GPU/.test(test.fullName)) : [];
  for (const test of missing) process.stdout.write(`✗ skipped although CI=true: ${test.fullName}\n`);
  totals.failed += missing.length;
  totals.skipped += skipped.length - missing.length;
}
