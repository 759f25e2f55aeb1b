import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './product.ts';

export type CommandResult = { code: number | null; stdout: string; stderr: string; json: unknown };

const program = path.join(root, 'packages/cli/bin/likeness.mjs');

/** Runs `likeness …` as an outsider would, against the copy in `dataDir`. */
export function likeness(
  dataDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, LIKENESS_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr, json: parse(stdout) }));
  });
}

/** As `likeness`, for calls that must succeed: their JSON, or an error that shows what was printed. */
export async function likenessJson<T>(
  dataDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const result = await likeness(dataDir, args, env);
  if (result.code !== 0)
    throw new Error(
      `likeness ${args.join(' ')} ended with ${result.code}\n${result.stdout}\n${result.stderr}`,
    );
  return result.json as T;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
