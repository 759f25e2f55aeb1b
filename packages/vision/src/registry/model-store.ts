import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@likeness/contracts/errors';
import { sha256Of } from '../decode/decode-image.ts';

/** Model files of this machine by their hash; a cache that callers fill again when it is empty. */
export class ModelStore {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
    mkdirSync(dir, { recursive: true });
  }

  /** Path of the bytes with this hash. Errors: `model_not_loaded` is said with `conflict` by the caller. */
  find(sha256: string): string | null {
    const file = this.#fileOf(sha256);
    return existsSync(file) ? file : null;
  }

  /** Errors: `model_rejected` when the bytes have another hash. */
  put(sha256: string, bytes: Uint8Array): string {
    if (sha256Of(bytes) !== sha256)
      throw new AppError('model_rejected', {
        message: 'The bytes of the model do not have the hash of its manifest.',
      });
    const file = this.#fileOf(sha256);
    writeFileSync(`${file}.${process.pid}.tmp`, bytes);
    renameSync(`${file}.${process.pid}.tmp`, file);
    return file;
  }

  #fileOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256))
      throw new AppError('invalid_request', { message: 'That is no sha256.' });
    return path.join(this.#dir, `${sha256}.onnx`);
  }
}
