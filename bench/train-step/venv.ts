import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from './cases.ts';

const requirements = path.join(import.meta.dirname, 'requirements.txt');
const folder = path.join(repository, 'node_modules/.cache/bench-train-step');

function must(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.slice(-600)}`);
}

/** Python of a virtual environment with the pinned packages, made on first use (PyTorch is about 1 GB to fetch). */
export function pythonOfVenv(): string {
  const python = path.join(folder, 'bin/python');
  const stamp = path.join(folder, 'requirements.installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8')) return python;
  console.error('making the Python environment of the peer (first time only) …');
  mkdirSync(folder, { recursive: true });
  must('python3', ['-m', 'venv', folder]);
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  copyFileSync(requirements, stamp);
  return python;
}
