import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import { addModel } from '@likeness/core/model/add-model';
import { openDoor } from '../../../../../server/console/open-door.ts';
import { withParts } from '../../../../../server/console/with-parts.ts';

export const dynamic = 'force-dynamic';

/** Takes a manifest and the ONNX file that it names. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }) {
  return openDoor(request, {
    slug: (await params).tenant,
    permission: 'models:write',
    handle: (ctx) =>
      withParts(request, { files: ['file'], bytesMax: LIMITS.modelBytesMax, ctx }, async (parts) => {
        const upload = parts.uploads.get('file');
        if (!upload) throw new AppError('invalid_manifest', { message: 'Send the part "file".' });
        const file = await ctx.deps.objects.stream(upload.key);
        const { modelId } = await addModel(ctx, { manifest: parts.fields.manifest, file });
        await ctx.deps.objects.delete(upload.key);
        return Response.json({ modelId }, { status: 201 });
      }),
  });
}
