import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@likeness/contracts/errors';
import type { ObjectStore } from '../ports/object-store.ts';

/** Objects as files below one folder; a put is written beside its place, synced and renamed. */
export function createLocalObjectStore(how: { dir: string }): ObjectStore {
  const fileOf = (key: string): string => {
    const file = path.resolve(how.dir, key);
    if (!file.startsWith(path.resolve(how.dir) + path.sep))
      throw new AppError('invalid_request', { message: 'That is no key.' });
    return file;
  };
  const mapMissing = (error: NodeJS.ErrnoException): never => {
    throw error.code === 'ENOENT' ? new AppError('not_found', { cause: error }) : error;
  };
  return {
    put: (key, bytes) => putFile(fileOf(key), bytes),
    get: (key) => readFile(fileOf(key)).catch(mapMissing),
    stream: async (key) => {
      await access(fileOf(key)).catch(mapMissing);
      return createReadStream(fileOf(key));
    },
    localPath: (key) => fileOf(key),
    exists: (key) =>
      access(fileOf(key)).then(
        () => true,
        () => false,
      ),
    delete: (key) => rm(fileOf(key), { force: true }),
    deletePrefix: (prefix) => rm(fileOf(prefix), { recursive: true, force: true }),
  };
}

async function putFile(
  file: string,
  source: Uint8Array | Readable,
): Promise<{ bytes: number; sha256: string }> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    if (!(source instanceof Readable)) return await putBytes(file, { temporary, bytes: source });
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, 'w', 0o600);
    const sink = handle.createWriteStream({ flush: true });
    await pipeline(source, meter, sink);
    await rename(temporary, file);
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new AppError('storage_full', { cause: error });
    throw error;
  }
}

/** Bytes that are here already need no stream. The folder is mostly there: asked for only when it is not. */
async function putBytes(
  file: string,
  how: { temporary: string; bytes: Uint8Array },
): Promise<{ bytes: number; sha256: string }> {
  const write = (): Promise<void> => writeFile(how.temporary, how.bytes, { mode: 0o600, flush: true });
  await write().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await mkdir(path.dirname(file), { recursive: true });
    await write();
  });
  await rename(how.temporary, file);
  return { bytes: how.bytes.byteLength, sha256: createHash('sha256').update(how.bytes).digest('hex') };
}
