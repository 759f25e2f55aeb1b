import { boxSchema } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import { findUnstorable } from '@likeness/contracts/storable-text';
import { searchByImage } from '@likeness/core/search/search-by-image';
import { recordUsage } from '@likeness/core/usage/record-usage';
import { z } from 'zod';
import { consoleRoute } from '../../../../../server/console-route.ts';
import { toSearchView } from '../../../../../server/view/search-view.ts';

export const dynamic = 'force-dynamic';

const fieldsSchema = z.object({
  catalog: z.string().max(100).optional(),
  image_id: z.string().max(64).optional(),
  product_id: z.string().max(200).optional(),
  box: z
    .string()
    .max(200)
    .transform((text) => text.split(',').map(Number))
    .pipe(boxSchema)
    .optional(),
  crop: z.enum(['auto', 'none']).default('auto'),
  limit: z.coerce.number().int().min(1).max(50).default(24),
});

/** A search of the tester: the photo, or the id that an earlier search of it gave, with an optional box. */
export const POST = consoleRoute(async (ctx, request) => {
  if (Number(request.headers.get('content-length') ?? 0) > LIMITS.imageBytesMax + 65_536)
    throw new AppError('payload_too_large');
  const form = await request.formData().catch((cause) => {
    throw new AppError('invalid_request', { cause });
  });
  const photo = form.get('image');
  const texts = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  const unstorable = findUnstorable(texts);
  if (unstorable)
    throw new AppError('invalid_request', { message: `${unstorable} holds a NUL or half a character.` });
  const fields = fieldsSchema.safeParse(texts);
  if (!fields.success) throw new AppError('invalid_request', { message: fields.error.issues[0]?.message });
  const { image_id: imageId, product_id: productId, ...rest } = fields.data;
  const image = photo instanceof File ? Buffer.from(await photo.arrayBuffer()) : undefined;
  const input = { ...rest, image, imageId, productId, many: 'best', offset: 0 } as const;
  const result = await searchByImage(ctx, input, { withoutItself: true });
  const { outcome, catalogId } = result;
  const shown = { result, filter: null };
  await recordUsage(ctx, { outcome, source: 'console', keyId: null, catalogId, shown });
  return toSearchView(ctx, result);
});
