import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import type { PublicRequest } from '../public-request.ts';

/** The whole body. Errors: `payload_too_large`. */
export async function collect(request: PublicRequest, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** How deep objects and lists lie in each other; stops just beyond the limit. */
export function depthOf(value: unknown): number {
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

export const tooLarge = (bytesMax: number): AppError =>
  new AppError('payload_too_large', { message: `The body may have ${bytesMax} bytes.` });
