import type { Readable } from 'node:stream';
import { AppError } from '@likeness/contracts/errors';
import type { Deps } from '../context.ts';
import { readMedia } from './media-token.ts';

/** What we encoded to be shown: of a picture that is kept in a folder of its own, or of a query photo. Never an original. */
const SHOWN = /\/(?:display|(?<query>queries\/[^/.]+))\.jpg$/;

/**
 * The bytes behind a media token: a JPEG that we encoded. `mayOutlive`: whoever has seen it may keep it for a day; a photo of
 * a shopper is gone when its time is over, from caches too. Errors: `not_found`.
 */
export async function openMedia(
  deps: Pick<Deps, 'objects' | 'secrets' | 'clock'>,
  token: string,
): Promise<{ stream: Readable; mayOutlive: boolean }> {
  const target = readMedia(deps, token);
  const shown = target?.key.startsWith(`t/${target.tenantId}/`) ? SHOWN.exec(target.key) : null;
  if (!target || !shown) throw new AppError('not_found');
  const stream = await deps.objects.stream(target.key);
  return { stream, mayOutlive: shown.groups?.query === undefined };
}
