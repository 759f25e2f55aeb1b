import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { firstSampleFiles } from '../../scripts/launch/sample-files.ts';

// Exactly what a shop's first start makes, written to disk as it writes it.
const data = await mkdtemp(path.join(os.tmpdir(), 'likeness-first-sample-'));
try {
  await firstSampleFiles(data);
} finally {
  await rm(data, { recursive: true, force: true });
}
