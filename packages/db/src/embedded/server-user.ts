import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The system user that Postgres runs as, when we are root (Postgres refuses root). */
export type ServerUser = { uid: number; gid: number };

const NAMES = ['postgres', 'nobody'];

/** Null unless we are root: then user `postgres`, made if it can be, or `nobody`. */
export function serverUser(): ServerUser | null {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null;
  const present = lookUp('postgres');
  if (present) return present;
  spawnSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'], {
    stdio: 'ignore',
  });
  for (const name of NAMES) {
    const user = lookUp(name);
    if (user) return user;
  }
  throw new Error('Postgres does not run as root, and there is neither a user "postgres" nor "nobody".');
}

function lookUp(name: string): ServerUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (!line) return null;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** True when `user` may enter every folder from the root down to `folder` (missing ones are ours to make). */
export function canEnter(user: ServerUser, folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat && !mayEnter(user, stat)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function mayEnter(user: ServerUser, stat: { uid: number; gid: number; mode: number }): boolean {
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

/** Makes a folder below /var/lib/likeness that every user may enter, whatever the umask is. */
export function makeOpenFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const at of [path.dirname(folder), folder]) chmodSync(at, 0o755);
}
