import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '@likeness/sample-data/write/make-folder';
import { LaunchError } from './launch-error.ts';
import { isAlive, killLeftovers } from './leftovers.ts';

const FREE_BYTES_MIN = 500 * 1024 * 1024;

/** Secrets of this copy, made once, readable by its user alone. */
export type Secrets = {
  authSecret: string;
  keyPepper: string;
  operatorToken: string;
  postgresPassword: string;
  ownerPassword: string;
  apiKey: string | null;
};

/** Creates the data folder, takes it for this process alone, and kills what a killed start left running. */
export async function takeDataFolder(data: string): Promise<{ release(): void }> {
  try {
    await makeFolder(data, 0o755);
    // Pictures, vectors and what processes say are nobody else's on this machine; Postgres keeps its own folder closed.
    for (const name of ['logs', 'tmp', 'objects', 'engine']) await makeFolder(path.join(data, name), 0o700);
  } catch (error) {
    throw new LaunchError(
      `${data} cannot be made: ${(error as Error).message}. Set LIKENESS_DATA to a folder you may write.`,
    );
  }
  const free = statfsSync(data);
  if (free.bavail * free.bsize < FREE_BYTES_MIN) {
    throw new LaunchError(
      `${data} has less than ${FREE_BYTES_MIN >> 20} MB free. Free space, or set LIKENESS_DATA elsewhere.`,
    );
  }
  const lock = path.join(data, 'launcher.pid');
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (owner && owner !== process.pid && isAlive(owner, 'launch/main')) {
    throw new LaunchError(
      `Likeness already runs on ${data} (process ${owner}). Stop it, or set LIKENESS_DATA and PORT.`,
    );
  }
  await killLeftovers(data);
  writeFileSync(lock, String(process.pid));
  return { release: () => rmSync(lock, { force: true }) };
}

export function loadSecrets(data: string): Secrets {
  const file = path.join(data, 'secrets.json');
  const stored: Partial<Secrets> = existsSync(file) ? readJson(file) : {};
  const secret = (): string => randomBytes(32).toString('base64url');
  const secrets: Secrets = {
    authSecret: stored.authSecret ?? secret(),
    keyPepper: stored.keyPepper ?? secret(),
    operatorToken: stored.operatorToken ?? `lko_${secret()}`,
    postgresPassword: stored.postgresPassword ?? secret(),
    ownerPassword: stored.ownerPassword ?? randomBytes(12).toString('base64url'),
    apiKey: stored.apiKey ?? null,
  };
  saveSecrets(data, secrets);
  return secrets;
}

export function saveSecrets(data: string, secrets: Secrets): void {
  writePrivate(path.join(data, 'secrets.json'), secrets);
}

/** Whole or absent: a start killed in the middle never leaves half a file. */
export function writePrivate(file: string, value: unknown): void {
  writeFileSync(`${file}.tmp`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

function readJson(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch {
    throw new LaunchError(
      `${file} is not JSON. Restore it from a backup; without it the data cannot be opened.`,
    );
  }
}
