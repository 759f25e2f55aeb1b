import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { decodeFrame, encodeFrame } from '@likeness/contracts/engine-frame';
import { AppError } from '@likeness/contracts/errors';
import { syncPath } from './sync-path.ts';

const sync = promisify(fdatasync);
const HEAD = 8;

export type JournalEntry = { header: unknown; vectors: Float32Array };
type Waiting = { resolve(): void; reject(error: unknown): void };

/**
 * Append-only file of frames, each behind its length and CRC-32. An append is on the disk when it resolves;
 * a record torn by a crash is cut off when the file is opened again.
 */
export class Journal {
  readonly #file: string;
  readonly #fd: number;
  #size: number;
  #waiting: Waiting[] = [];
  #syncing: Promise<void> | null = null;
  #closed = false;

  private constructor(file: string, fd: number) {
    this.#file = file;
    this.#fd = fd;
    this.#size = fstatSync(fd).size;
  }

  static open(file: string, replay: (entry: JournalEntry) => void): Journal {
    const fd = openSync(file, 'a+', 0o644);
    syncPath(path.dirname(file));
    const { size } = fstatSync(fd);
    let offset = 0;
    for (;;) {
      const frame = readRecord(fd, { offset, size });
      if (!frame) break;
      replay(decodeFrame(frame));
      offset += HEAD + frame.length;
    }
    if (offset < size) ftruncateSync(fd, offset);
    return new Journal(file, fd);
  }

  /** Bytes of all records so far: a place that `cut` understands. */
  get size(): number {
    return this.#size;
  }

  /**
   * Appends in the order of calls; concurrent appends share one sync. Throws before anything counts as written:
   * `storage_full` without room, `not_found` when the collection was dropped.
   */
  append(entry: JournalEntry): Promise<void> {
    if (this.#closed) throw new AppError('not_found', { message: 'The collection was dropped.' });
    const frame = encodeFrame(entry.header, entry.vectors);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(frame.length, 0);
    head.writeUInt32LE(crc32(frame), 4);
    try {
      writeAll(this.#fd, Buffer.concat([head, frame]));
    } catch (cause) {
      ftruncateSync(this.#fd, this.#size); // half a record would hide every later one from the next start
      throw (cause as NodeJS.ErrnoException).code === 'ENOSPC'
        ? new AppError('storage_full', { cause })
        : cause;
    }
    this.#size += HEAD + frame.length;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#syncing ??= this.#syncAll();
    });
  }

  /** Keeps only the records from `offset` on, in a new file that replaces this one; close this journal after it. */
  cut(offset: number): void {
    const tail = readExactly(this.#fd, { offset, length: this.#size - offset });
    const temporary = `${this.#file}.tmp`;
    const fd = openSync(temporary, 'w', 0o644);
    writeAll(fd, tail);
    fsyncSync(fd);
    closeSync(fd);
    renameSync(temporary, this.#file);
    syncPath(path.dirname(this.#file));
  }

  /** Refuses further appends; the file is closed once those under way are on the disk. */
  close(): void {
    this.#closed = true;
    void (this.#syncing ?? Promise.resolve()).then(() => closeSync(this.#fd));
  }

  async #syncAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await sync(this.#fd);
        for (const each of batch) each.resolve();
      } catch (error) {
        for (const each of batch) each.reject(error);
      }
    }
    this.#syncing = null;
  }
}

/** The whole record at `offset`; null when it is cut or its bytes are not those that were written. */
function readRecord(fd: number, at: { offset: number; size: number }): Buffer | null {
  if (at.offset + HEAD > at.size) return null;
  const head = readExactly(fd, { offset: at.offset, length: HEAD });
  const length = head.readUInt32LE(0);
  if (at.offset + HEAD + length > at.size) return null;
  const frame = readExactly(fd, { offset: at.offset + HEAD, length });
  return crc32(frame) === head.readUInt32LE(4) ? frame : null;
}

function readExactly(fd: number, from: { offset: number; length: number }): Buffer {
  const bytes = Buffer.alloc(from.length);
  for (let done = 0; done < from.length; ) {
    const read = readSync(fd, bytes, done, from.length - done, from.offset + done);
    if (read === 0) throw new Error('the journal became shorter while it was read');
    done += read;
  }
  return bytes;
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
}
