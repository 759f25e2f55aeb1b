import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { findUnstorable } from '@likeness/contracts/storable-text';
import type { Ctx } from '@likeness/core/context';
import type { RouteDefinition } from '../public-api/define-route.ts';
import { fromWebRequest } from '../public-api/public-request.ts';
import { type ReadBody, readBody } from '../public-api/steps/read-body.ts';

/** The parts of an upload: those named in `files` are streamed to the object store, the rest are fields or bytes. */
export async function readParts(
  request: Request,
  how: { files: string[]; bytesMax: number; ctx: Ctx },
): Promise<ReadBody> {
  const { ctx } = how;
  const route = {
    accepts: { multipart: true, files: how.files, bytesMax: how.bytesMax },
  } as unknown as RouteDefinition;
  const read = await readBody(fromWebRequest(request), route, async ({ name, stream }) => {
    const key = `t/${ctx.tenantId}/uploads/${newId('request')}`;
    const { bytes } = await ctx.deps.objects.put(key, stream);
    return { key, name, bytes };
  });
  const unstorable = findUnstorable(read.fields);
  if (!unstorable) return read;
  for (const { key } of read.uploads.values()) await ctx.deps.objects.delete(key);
  throw new AppError('invalid_request', { message: `${unstorable} holds a NUL or half a character.` });
}
