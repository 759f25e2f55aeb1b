import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Brings a file's content, or a folder's list of names, onto the disk. */
export function syncPath(file: string): void {
  const fd = openSync(file, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
