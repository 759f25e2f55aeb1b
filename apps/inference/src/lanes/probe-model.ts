import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '@likeness/contracts/errors';
import type { ModelSpec, ProbeResult } from '@likeness/contracts/inference';
import { residentMegabytes } from '../decode/resident-memory.ts';

const CHILD = fileURLToPath(new URL('./probe-child.ts', import.meta.url));
const SECONDS_MAX = 30;
const MEGABYTES_MAX = 4096;

/** Runs an untrusted model once in a process with bounds. Errors: `model_rejected` with what the runtime said. */
export async function probeModel(spec: ModelSpec, file: string): Promise<ProbeResult> {
  const said = await runChild([file, JSON.stringify(spec.manifest)]);
  if (!said.ok)
    throw new AppError('model_rejected', {
      message: `The model does not run: ${said.message ?? 'it was stopped at its bounds'}`,
    });
  const dims = said.dims ?? null;
  if (spec.manifest.task === 'embed' && dims !== spec.manifest.output.dims) {
    throw new AppError('model_rejected', {
      message: `The model gives ${dims} numbers, its manifest says ${spec.manifest.output.dims}.`,
    });
  }
  return { dims };
}

type Said = { ok: boolean; dims?: number | null; message?: string };

function runChild(args: string[]): Promise<Said> {
  const child = spawn(process.execPath, [CHILD, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH },
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), SECONDS_MAX * 1000);
  const watch = setInterval(async () => {
    if ((await residentMegabytes(child.pid)) > MEGABYTES_MAX) child.kill('SIGKILL');
  }, 100);
  return new Promise((resolve) => {
    child.once('close', () => {
      clearTimeout(timer);
      clearInterval(watch);
      try {
        resolve(JSON.parse(text) as Said);
      } catch {
        resolve({ ok: false });
      }
    });
  });
}
