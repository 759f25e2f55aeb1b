// `npm run prove -- N`: guarantee N of the list of properties at its full counts, closed by one JSON line.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
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
const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-prove-'));
const report = path.join(folder, 'report.json');
const figures = path.join(folder, 'figures.jsonl');
const started = Date.now();
// Every test of a guarantee carries "(property N)" in its name; PROVE=full raises its counts.
const named = new RegExp(`\\(property ${property}[);,]`);
const files = ['apps', 'packages', 'tests']
  .flatMap((folder) => testFiles(folder))
  .filter((file) => named.test(readFileSync(path.join(root, file), 'utf8')));
const args = [
  path.join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  ...files,
  '-t',
  named.source,
  '--testTimeout=3600000',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];
const env = { ...toolEnv(), PROVE: 'full', PROVE_FIGURES: figures };
const done =
  files.length > 0 ? spawnSync(node24, args, { cwd: root, env, stdio: ['ignore', 2, 2] }) : { status: 0 };
const result = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 0, testResults: [] };
const ran = result.numPassedTests + result.numFailedTests;
const measured = (existsSync(figures) ? readFileSync(figures, 'utf8').trim().split('\n') : [])
  .map((line) => JSON.parse(line))
  .filter((each) => each.property === property);
const skipped = skippedNames(result);
if (done.status !== 0 && result.numFailedTests === 0) skipped.push('a file of tests could not be run');
// A guarantee that measured nothing, or whose test was skipped, is not proven.
const pass = ran > 0 && result.numFailedTests === 0 && measured.length > 0 && skipped.length === 0;
const figure = [
  `${result.numPassedTests} of ${ran} tests held`,
  ...measured.map((each) => each.figure),
  ...skipped,
].join('; ');
const limit = [...new Set(measured.map((each) => each.limit))].join('; ') || 'a figure';
process.stdout.write(
  `${JSON.stringify({ property, figure, limit, pass, seconds: (Date.now() - started) / 1000 })}\n`,
);
process.exitCode = pass ? 0 : 1;

function testFiles(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory())
      return /^(node_modules|generated|dist|\.)/.test(entry.name) ? [] : testFiles(file);
    return /\.test\.tsx?$/.test(entry.name) ? [file] : [];
  });
}

/** Tests of this guarantee that did not run: a part outside is absent, and their names say which. */
function skippedNames({ testResults = [] }) {
  return testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status !== 'passed' && test.status !== 'failed')
    .filter((test) => named.test(test.fullName) && test.mode !== 'run')
    .map((test) => `skipped: ${test.title}`);
}
