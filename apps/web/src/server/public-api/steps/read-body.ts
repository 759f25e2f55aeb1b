import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import type { RouteDefinition } from '../define-route.ts';
import type { PublicRequest } from '../public-request.ts';
import { collect, depthOf, tooLarge } from './body-limits.ts';
import { type ReadBody, readMultipart, type Sink } from './read-multipart.ts';

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

function decodeBase64(text: string): Buffer {
  const plain = text.replace(/^data:[\w/+.-]+;base64,/, '');
  if (!/^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/.test(plain))
    throw new AppError('invalid_request', { message: 'image is not base64.' });
  return Buffer.from(plain, 'base64');
}
