import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Settings } from './settings.ts';

/**
 * Renders the grown sample in a process of low priority: a newcomer's first searches come first. A folder that an
 * earlier start finished is taken as it is. `started` hears the process's id, so that it ends with the copy.
 */
export async function renderSample(
  settings: Settings,
  how: { args: readonly string[]; mark: string; started(pid: number): void },
): Promise<void> {
  if (existsSync(how.mark)) return;
  const main = path.join(settings.root, 'packages/sample-data/src/main.ts');
  const child = spawn(process.execPath, [main, ...how.args], { stdio: 'ignore' });
  if (child.pid) {
    os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
    how.started(child.pid);
  }
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`rendering ended with ${code}`)),
    );
  });
  writeFileSync(how.mark, '');
}
