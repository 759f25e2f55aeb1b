import type { Readable } from 'node:stream';
import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import busboy from 'busboy';
import type { PublicRequest } from '../public-request.ts';
import { collect, depthOf, tooLarge } from './body-limits.ts';

export type Upload = { key: string; name: string; bytes: number };
/** Where a streamed part goes. */
export type Sink = (input: { name: string; stream: Readable }) => Promise<Upload>;
export type ReadBody = { fields: Record<string, unknown>; uploads: Map<string, Upload> };

/** Fields that multipart carries as JSON, as numbers, or as numbers joined by commas. */
const JSON_FIELDS = new Set(['filter', 'facets', 'mapping', 'manifest']);
const NUMBER_FIELDS = new Set(['limit', 'offset']);
const LIST_FIELDS = new Set(['box', 'point']);
const FIELDS_MAX = 64;
const FIELD_BYTES_MAX = 1024 * 1024;

type MultipartHow = { type: string; files: readonly string[]; bytesMax: number; sink: Sink };

/** Fields and files, each name once. Errors: `invalid_request`, `invalid_filter`, `payload_too_large`. */
export function readMultipart(request: PublicRequest, how: MultipartHow): Promise<ReadBody> {
  const read: ReadBody = { fields: {}, uploads: new Map() };
  const pending: Promise<void>[] = [];
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: { 'content-type': how.type },
        limits: {
          files: Math.max(1, how.files.length) + 1,
          fields: FIELDS_MAX,
          fieldSize: FIELD_BYTES_MAX,
          fileSize: how.bytesMax,
        },
      });
    } catch (cause) {
      return reject(
        new AppError('invalid_request', { message: 'The multipart body has no boundary.', cause }),
      );
    }
    const fail = (error: unknown): void => {
      reject(
        error instanceof AppError
          ? error
          : new AppError('invalid_request', {
              message: `The multipart body is broken: ${(error as Error).message}`,
              cause: error,
            }),
      );
      // What comes is read on, so that the answer can be sent, but no longer parsed: a part that is being stored ends here.
      request.body.unpipe(parser);
      request.body.resume();
      parser.destroy();
    };
    const seen = new Set<string>();
    const isFirst = (name: string): boolean => {
      const first = !seen.has(name);
      if (!first) fail(new AppError('invalid_request', { message: `"${name}" was sent twice.` }));
      seen.add(name);
      return first;
    };
    parser.on('field', (name, text, { valueTruncated }) => {
      if (!isFirst(name)) return;
      try {
        if (valueTruncated) throw tooLarge(FIELD_BYTES_MAX);
        read.fields[name] = toField(name, text);
      } catch (error) {
        fail(error);
      }
    });
    for (const limit of ['fieldsLimit', 'filesLimit'] as const)
      parser.on(limit, () =>
        fail(new AppError('invalid_request', { message: 'The multipart body has too many parts.' })),
      );
    parser.on('file', (name, stream, info) => {
      stream.on('error', fail); // before anything that may end the parser: unheard, it would end the process
      if (!isFirst(name)) return void stream.resume();
      stream.on('limit', () => fail(tooLarge(how.bytesMax)));
      const filename = Buffer.from(info.filename ?? name, 'latin1').toString('utf8');
      const taken = how.files.includes(name)
        ? how.sink({ name: filename, stream }).then((upload) => void read.uploads.set(name, upload))
        : buffer(stream).then((bytes) => {
            read.fields[name] = bytes;
          });
      pending.push(taken.catch(fail));
    });
    parser.on('error', fail);
    parser.on('close', () => void Promise.all(pending).then(() => resolve(read), fail));
    request.body.on('error', fail);
    // A photo is kept in memory in any case: taken whole, it is parsed in one go.
    if (how.files.length === 0) collect(request, how.bytesMax).then((bytes) => parser.end(bytes), fail);
    else request.body.pipe(parser);
  });
}

function toField(name: string, text: string): unknown {
  if (LIST_FIELDS.has(name))
    return text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (NUMBER_FIELDS.has(name)) return text.trim() === '' ? Number.NaN : Number(text);
  if (!JSON_FIELDS.has(name)) return text;
  const code = name === 'filter' ? 'invalid_filter' : 'invalid_request';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError(code, { message: `The field "${name}" is not JSON.`, cause });
  }
  if (depthOf(value) > LIMITS.jsonDepthMax)
    throw new AppError(code, {
      message: `The field "${name}" is nested deeper than ${LIMITS.jsonDepthMax}.`,
    });
  return value;
}

async function buffer(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
