import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { openDoor } from '../../../../../server/console/open-door.ts';
import { withParts } from '../../../../../server/console/with-parts.ts';

export const dynamic = 'force-dynamic';

/** Takes a query table and its photos, which become a test set, and starts the first evaluation of it. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }) {
  return openDoor(request, {
    slug: (await params).tenant,
    permission: 'catalogs:write',
    handle: (ctx) => {
      const how = { files: ['queries', 'images'], bytesMax: LIMITS.importFileBytesMax, ctx };
      return withParts(request, how, async ({ fields, uploads }) => {
        const table = uploads.get('queries');
        if (!table) throw new AppError('invalid_csv', { message: 'Send the part "queries".' });
        const name = typeof fields.name === 'string' && fields.name.trim() ? fields.name.trim() : undefined;
        const indexVersion = fields.index_version ? String(fields.index_version) : undefined;
        const started = await startEvaluation(ctx, {
          catalog: String(fields.catalog ?? ''),
          indexVersion,
          upload: { table, archive: uploads.get('images') ?? null, name, mayNumber: true },
          crop: 'auto',
        });
        return Response.json(started, { status: 202 });
      });
    },
  });
}
