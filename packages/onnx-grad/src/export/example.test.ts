import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readModel } from '../graph/read-model.ts';

const SHARED = process.env.LIKENESS_SHARED ?? join(import.meta.dirname, '../../../../../shared');
const PICTURES = join(SHARED, 'data/clothing-small/train');
const EXAMPLE = join(import.meta.dirname, '../../examples/train-small-vit.ts');
const skip = !existsSync(PICTURES) && !process.env.CI;

it.skipIf(skip)(
  `the example of at most 60 lines learns real pictures by heart and writes a model${skip ? ' (skipped: no ../shared/data)' : ''}`,
  { timeout: 90_000 },
  () => {
    expect(readFileSync(EXAMPLE, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    const folder = mkdtempSync(join(tmpdir(), 'onnx-grad-'));
    const out = join(folder, 'trained.onnx');
    const run = spawnSync(process.execPath, [EXAMPLE, PICTURES, '50', out], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    const lines = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { loss: number; accuracy: number });
    expect(lines.at(-1)!.accuracy).toBeGreaterThan(0.9);
    expect(lines.at(-1)!.loss).toBeLessThan(lines[0]!.loss / 2);
    expect(readModel(readFileSync(out)).graph.outputs.map((o) => o.name)).toEqual(['embedding']);
    rmSync(folder, { recursive: true });
  },
);
