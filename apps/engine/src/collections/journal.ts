import { closeSync, fdatasync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { decodeFrame, encodeFrame } from '@likeness/contracts/engine-frame';

const sync = promisify(fdatasync);
const HEAD = 8;

export type JournalEntry = { header: unknown; vectors: Float32Array };

/**
 * Append-only file of frames, each behind its length and CRC-32. An append is on the disk when it resolves;
 * a record torn by a crash is cut off when the file is opened again.
 */
export class Journal {
  readonly #fd: number;
  #tail: Promise<void> = Promise.resolve();

  private constructor(fd: number) {
    this.#fd = fd;
  }

  static open(file: string, replay: (entry: JournalEntry) => void): Journal {
    const fd = openSync(file, 'a+', 0o644);
    const bytes = readFileSync(file);
    let offset = 0;
    while (offset + HEAD <= bytes.length) {
      const length = bytes.readUInt32LE(offset);
      const end = offset + HEAD + length;
      if (end > bytes.length) break;
      const frame = bytes.subarray(offset + HEAD, end);
      if (crc32(frame) !== bytes.readUInt32LE(offset + 4)) break;
      replay(decodeFrame(frame));
      offset = end;
    }
    if (offset < bytes.length) ftruncateSync(fd, offset);
    return new Journal(fd);
  }

  /** Appends in the order of calls; concurrent appends share one sync. */
  append(entry: JournalEntry): Promise<void> {
    const frame = encodeFrame(entry.header, entry.vectors);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(frame.length, 0);
    head.writeUInt32LE(crc32(frame), 4);
    writeAll(this.#fd, Buffer.concat([head, frame]));
    this.#tail = this.#tail.catch(() => {}).then(() => sync(this.#fd));
    return this.#tail;
  }

  /** Empties the file once its content lies in sealed files. */
  clear(): void {
    ftruncateSync(this.#fd, 0);
    fsyncSync(this.#fd);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
}
