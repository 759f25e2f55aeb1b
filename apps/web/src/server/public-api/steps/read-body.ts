import type { Readable } from 'node:stream';
import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import busboy from 'busboy';
import type { RouteDefinition } from '../define-route.ts';
import type { PublicRequest } from '../public-request.ts';

export type Upload = { key: string; name: string; bytes: number };
/** Where a streamed part goes. */
export type Sink = (input: { name: string; stream: Readable }) => Promise<Upload>;
export type ReadBody = { fields: Record<string, unknown>; uploads: Map<string, Upload> };

/** Fields that multipart carries as JSON, as numbers, or as numbers joined by commas. */
const JSON_FIELDS = new Set(['filter', 'facets', 'mapping', 'manifest']);
const NUMBER_FIELDS = new Set(['limit', 'offset']);
const LIST_FIELDS = new Set(['box', 'point']);

/** The body as plain fields: JSON, or multipart whose files are bytes in memory or streamed to the object store. */
export async function readBody(
  request: PublicRequest,
  route: RouteDefinition,
  sink: Sink,
): Promise<ReadBody> {
  const accepts = route.accepts ?? { multipart: false, bytesMax: 1024 * 1024 };
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > accepts.bytesMax) throw tooLarge(accepts.bytesMax);
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) {
    if (!accepts.multipart) throw new AppError('invalid_request', { message: 'This route takes JSON.' });
    return readMultipart(request, { type, files: accepts.files ?? [], bytesMax: accepts.bytesMax, sink });
  }
  return { fields: await readJson(request, accepts.bytesMax), uploads: new Map() };
}

async function readJson(request: PublicRequest, bytesMax: number): Promise<Record<string, unknown>> {
  const bytes = await collect(request, bytesMax);
  if (bytes.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('invalid_request', { message: 'The body is not JSON.', cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError('invalid_request', { message: 'The body must be a JSON object.' });
  if (depthOf(value) > LIMITS.jsonDepthMax)
    throw new AppError('invalid_request', {
      message: `The body is nested deeper than ${LIMITS.jsonDepthMax} levels.`,
    });
  const fields = value as Record<string, unknown>;
  if (typeof fields.image === 'string') fields.image = decodeBase64(fields.image);
  return fields;
}

async function collect(request: PublicRequest, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type MultipartHow = { type: string; files: readonly string[]; bytesMax: number; sink: Sink };

function readMultipart(request: PublicRequest, how: MultipartHow): Promise<ReadBody> {
  const read: ReadBody = { fields: {}, uploads: new Map() };
  const pending: Promise<void>[] = [];
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: { 'content-type': how.type },
        limits: {
          files: Math.max(1, how.files.length),
          fields: 64,
          fieldSize: 1024 * 1024,
          fileSize: how.bytesMax,
        },
      });
    } catch (cause) {
      return reject(
        new AppError('invalid_request', { message: 'The multipart body has no boundary.', cause }),
      );
    }
    const fail = (error: unknown): void =>
      reject(
        error instanceof AppError
          ? error
          : new AppError('invalid_request', {
              message: `The multipart body is broken: ${(error as Error).message}`,
              cause: error,
            }),
      );
    parser.on('field', (name, text) => {
      try {
        read.fields[name] = toField(name, text);
      } catch (error) {
        fail(error);
      }
    });
    parser.on('file', (name, stream, info) => {
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
  try {
    const value: unknown = JSON.parse(text);
    if (depthOf(value) > LIMITS.jsonDepthMax) throw new Error('nested too deeply');
    return value;
  } catch (cause) {
    throw new AppError(name === 'filter' ? 'invalid_filter' : 'invalid_request', {
      message: `The field "${name}" is not JSON.`,
      cause,
    });
  }
}

async function buffer(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function decodeBase64(text: string): Buffer {
  const plain = text.replace(/^data:[\w/+.-]+;base64,/, '');
  if (!/^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/.test(plain))
    throw new AppError('invalid_request', { message: 'image is not base64.' });
  return Buffer.from(plain, 'base64');
}

function depthOf(value: unknown): number {
  let deepest = 0;
  const stack: [unknown, number][] = [[value, 1]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [each, depth] = top;
    deepest = Math.max(deepest, depth);
    if (depth > LIMITS.jsonDepthMax) return depth;
    if (typeof each === 'object' && each !== null)
      for (const child of Object.values(each)) stack.push([child, depth + 1]);
  }
  return deepest;
}

const tooLarge = (bytesMax: number): AppError =>
  new AppError('payload_too_large', { message: `The body may have ${bytesMax} bytes.` });
