import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import { startImport } from '@likeness/core/import/start-import';
import { openDoor } from '../../../../../server/console/open-door.ts';
import { withParts } from '../../../../../server/console/with-parts.ts';

export const dynamic = 'force-dynamic';

/** Takes a table and a ZIP of pictures, streamed to the object store, and starts the import. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }) {
  return openDoor(request, {
    slug: (await params).tenant,
    permission: 'catalogs:write',
    handle: (ctx) => {
      const how = { files: ['table', 'images'], bytesMax: LIMITS.importFileBytesMax, ctx };
      return withParts(request, how, async ({ fields, uploads }) => {
        const name = typeof fields.catalog === 'string' ? fields.catalog.trim() : '';
        if (!name) throw new AppError('catalog_required');
        const started = await startImport(ctx, {
          catalog: name,
          table: uploads.get('table') ?? null,
          archive: uploads.get('images') ?? null,
          mapping: toMapping(fields.mapping),
        });
        return Response.json(started, { status: 202 });
      });
    },
  });
}

function toMapping(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, column]) =>
      typeof column === 'string' && column ? [[field, column.slice(0, 1000)]] : [],
    ),
  );
}
