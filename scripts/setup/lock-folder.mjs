import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while holding a lock folder, so that two starts from one clone install and build only once.
 * A lock whose owner is gone is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 */
export async function withLock(folder, work) {
  const owner = path.join(folder, 'pid');
  for (;;) {
    try {
      mkdirSync(path.dirname(folder), { recursive: true });
      mkdirSync(folder);
      writeFileSync(owner, String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!ownerLives(owner)) rmSync(folder, { recursive: true, force: true });
      else await sleep(300);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let firstSeenEmpty = 0;

function ownerLives(file) {
  let pid;
  try {
    pid = Number(readFileSync(file, 'utf8'));
  } catch {
    firstSeenEmpty ||= Date.now();
    return Date.now() - firstSeenEmpty < 2000; // its owner may be between mkdir and write
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
