import { boxSchema } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import { searchByImage } from '@likeness/core/search/search-by-image';
import { recordUsage } from '@likeness/core/usage/record-usage';
import { openDoor } from '../../../../../server/console/open-door.ts';
import { readParts } from '../../../../../server/console/read-parts.ts';
import { toSearchView } from '../../../../../server/console/search-view.ts';

export const dynamic = 'force-dynamic';
const PRODUCTS = 24;
const BODY_BYTES_MAX = LIMITS.imageBytesMax + 65_536;

/** A search of the tester: the same verb as REST v1, written to the ledger as `console`, which costs nothing. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }) {
  return openDoor(request, {
    slug: (await params).tenant,
    permission: 'search:run',
    handle: async (ctx) => {
      const { fields } = await readParts(request, { files: [], bytesMax: BODY_BYTES_MAX, ctx });
      const image = fields.image instanceof Buffer ? fields.image : undefined;
      const imageId = typeof fields.image_id === 'string' ? fields.image_id : undefined;
      const result = await searchByImage(ctx, {
        image,
        imageId: image ? undefined : imageId,
        catalog: typeof fields.catalog === 'string' ? fields.catalog : null,
        box: fields.box === undefined ? undefined : toBox(fields.box),
        crop: 'auto',
        many: 'best',
        limit: PRODUCTS,
        offset: 0,
      });
      await recordUsage(ctx, {
        outcome: result.outcome,
        source: 'console',
        keyId: null,
        catalogId: result.catalogId,
        shown: { result, filter: null },
      });
      return Response.json(toSearchView(ctx, result));
    },
  });
}

function toBox(value: unknown): [number, number, number, number] {
  const parsed = boxSchema.safeParse(value);
  if (!parsed.success) throw new AppError('invalid_box');
  return parsed.data;
}
