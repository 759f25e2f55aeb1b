import { toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { showQueryImage } from '@likeness/core/query-image/show-query-image';
import { seatOf } from '../../../../../../server/auth/require-tenant.ts';
import { mediaUrl } from '../../../../../../server/media-url.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ tenant: string; photo: string }> };

/** Leads to the picture of a photo that was searched. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { tenant, photo } = await params;
    const { ctx } = await seatOf(decodeURIComponent(tenant));
    const { displayKey } = await showQueryImage({ ...ctx, signal: request.signal }, { imageId: photo });
    const location = mediaUrl(ctx.deps, { tenantId: ctx.tenantId, key: displayKey });
    return new Response(null, {
      status: 302,
      headers: { location, 'cache-control': 'private, no-store' },
    });
  } catch (error) {
    const { status, body } = toErrorBody(error, newId('request'));
    return Response.json(body, { status });
  }
}
