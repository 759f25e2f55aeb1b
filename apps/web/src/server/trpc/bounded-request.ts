import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';

/** Levels that the batch and its transformer put around an input. */
const ENVELOPE = 4;

/**
 * The same request with a body that was read within its bound, before anything parses it.
 * Errors: `payload_too_large`; `invalid_request` for JSON nested deeper than any input.
 */
export async function boundedRequest(request: Request): Promise<Request> {
  if (request.method === 'GET' || request.method === 'HEAD') {
    requireShallow(new URL(request.url).searchParams.get('input') ?? '');
    return request;
  }
  const bytes = await collect(request);
  requireShallow(bytes.toString('utf8'));
  const { method, headers, signal } = request;
  return new Request(request.url, { method, headers, signal, body: new Uint8Array(bytes) });
}

async function collect(request: Request): Promise<Buffer> {
  const tooLarge = (): AppError =>
    new AppError('payload_too_large', { message: `The body may have ${LIMITS.trpcBytesMax} bytes.` });
  if (Number(request.headers.get('content-length') ?? 0) > LIMITS.trpcBytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > LIMITS.trpcBytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Counts brackets outside of strings: what walks the parsed value later may recurse. */
function requireShallow(json: string): void {
  let [depth, quoted] = [0, false];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (quoted) {
      if (character === '\\') i += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > LIMITS.jsonDepthMax + ENVELOPE)
      throw new AppError('invalid_request', {
        message: `The input is nested deeper than ${LIMITS.jsonDepthMax} levels.`,
      });
  }
}
