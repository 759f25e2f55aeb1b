import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Programs } from './programs.ts';
import type { ServerUser } from './server-user.ts';

/** Says that this folder is ours and whole; it holds the superuser's password and is readable by its owner alone. */
const MARKER = 'likeness-cluster.json';

/** A Postgres data folder that cannot be used; the message says why and what to do. */
export class ClusterFolderError extends Error {
  override name = 'ClusterFolderError';
}

/**
 * The superuser's password of the cluster in `folder`, which is made when it is missing. initdb writes beside it and
 * the finished folder is renamed into place, so a start that dies leaves nothing half.
 */
export async function prepareCluster(
  folder: string,
  programs: Programs,
  user: ServerUser | null,
): Promise<string> {
  removeHalves(folder);
  if (existsSync(folder) && readdirSync(folder).length > 0) return openCluster(folder);
  const half = `${folder}.half-${process.pid}`;
  const password = randomBytes(24).toString('base64url');
  mkdirSync(half, { recursive: true, mode: 0o700 });
  if (user) chownSync(half, user.uid, user.gid);
  await initialise(half, password, { programs, user });
  writeFileSync(path.join(half, MARKER), JSON.stringify({ password }), { mode: 0o600 });
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
  return password;
}

function openCluster(folder: string): string {
  const marker = path.join(folder, MARKER);
  if (!existsSync(marker)) {
    const what = existsSync(path.join(folder, 'PG_VERSION'))
      ? 'a Postgres data folder of something else'
      : 'not empty';
    throw new ClusterFolderError(
      `${folder} is ${what}. Move it away, or set LIKENESS_DATA to another folder.`,
    );
  }
  const version = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18') {
    throw new ClusterFolderError(`${folder} was made by Postgres ${version}; this copy runs Postgres 18.`);
  }
  return (JSON.parse(readFileSync(marker, 'utf8')) as { password: string }).password;
}

/** initdb of a start that was killed may still write there: what cannot be removed now is never used and goes later. */
function removeHalves(folder: string): void {
  const parent = path.dirname(folder);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${path.basename(folder)}.half-`)) continue;
    try {
      rmSync(path.join(parent, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch {}
  }
}

async function initialise(
  folder: string,
  password: string,
  run: { programs: Programs; user: ServerUser | null },
): Promise<void> {
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (run.user) chownSync(passwordFile, run.user.uid, run.user.gid);
  const args = [`--pgdata=${folder}`, `--pwfile=${passwordFile}`];
  args.push(
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  );
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(run.programs.initdb, args, {
        ...run.user,
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let errors = '';
      child.stderr.on('data', (chunk: Buffer) => {
        errors += chunk.toString();
      });
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve() : reject(new ClusterFolderError(`initdb failed: ${errors.trim()}`)),
      );
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
