import { Readable } from 'node:stream';
import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { openMedia } from '@likeness/core/image/open-media';
import { getDeps } from '../../../server/composition.ts';

export const dynamic = 'force-dynamic';

/** Re-encoded pictures by signed link; nothing else is ever served from the object store. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  try {
    const { stream, mayOutlive } = await openMedia(await getDeps(), (await params).token);
    const headers = {
      'content-type': 'image/jpeg',
      'cache-control': mayOutlive ? 'private, max-age=86400, immutable' : 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      // The link is the permission: no cookie is read.
      'access-control-allow-origin': '*',
    };
    return new Response(Readable.toWeb(stream) as ReadableStream, { headers });
  } catch (error) {
    const { status, body } = toErrorBody(
      error instanceof AppError ? error : new AppError('not_found'),
      newId('request'),
    );
    return Response.json(body, { status });
  }
}
