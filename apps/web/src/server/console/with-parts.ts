import { AppError } from '@likeness/contracts/errors';
import { findUnstorable } from '@likeness/contracts/storable-text';
import type { Ctx } from '@likeness/core/context';
import type { RouteDefinition } from '../public-api/define-route.ts';
import { fromWebRequest } from '../public-api/public-request.ts';
import { readBody } from '../public-api/steps/read-body.ts';
import type { ReadBody } from '../public-api/steps/read-multipart.ts';
import { openUploads } from '../public-api/steps/upload-sink.ts';

/**
 * Answers an upload: the parts named in `files` are streamed to the object store, the rest are fields or bytes. Where
 * anything goes wrong, what was stored of them is taken away.
 */
export async function withParts(
  request: Request,
  how: { files: string[]; bytesMax: number; ctx: Ctx },
  answer: (parts: ReadBody) => Promise<Response>,
): Promise<Response> {
  const route = {
    accepts: { multipart: true, files: how.files, bytesMax: how.bytesMax },
  } as unknown as RouteDefinition;
  const stored = openUploads(how.ctx);
  try {
    const read = await readBody(fromWebRequest(request), route, stored.take);
    const unstorable = findUnstorable(read.fields);
    if (unstorable)
      throw new AppError('invalid_request', { message: `${unstorable} holds a NUL or half a character.` });
    return await answer(read);
  } catch (error) {
    await stored.drop();
    throw error;
  }
}
