import type { Readable } from 'node:stream';
import { AppError } from '@likeness/contracts/errors';
import type { Deps } from '../context.ts';
import { readMedia } from './media-token.ts';

/** What we encoded to be shown: of a picture that is kept in a folder of its own, or of a query photo. Never an original. */
const SHOWN = /\/(display|queries\/[^/.]+)\.jpg$/;

/** The bytes behind a media token: a JPEG that we encoded. Errors: `not_found`. */
export async function openMedia(
  deps: Pick<Deps, 'objects' | 'secrets' | 'clock'>,
  token: string,
): Promise<Readable> {
  const target = readMedia(deps, token);
  if (!target?.key.startsWith(`t/${target.tenantId}/`) || !SHOWN.test(target.key))
    throw new AppError('not_found');
  return deps.objects.stream(target.key);
}
