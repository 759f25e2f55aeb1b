import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import { addModel } from '@likeness/core/model/add-model';
import { openDoor } from '../../../../../server/console/open-door.ts';
import { readParts } from '../../../../../server/console/read-parts.ts';

export const dynamic = 'force-dynamic';

/** Takes a manifest and the ONNX file that it names. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }) {
  return openDoor(request, {
    slug: (await params).tenant,
    permission: 'models:write',
    handle: async (ctx) => {
      const { fields, uploads } = await readParts(request, {
        files: ['file'],
        bytesMax: LIMITS.modelBytesMax,
        ctx,
      });
      const upload = uploads.get('file');
      if (!upload) throw new AppError('invalid_manifest', { message: 'Send the part "file".' });
      try {
        const file = await ctx.deps.objects.stream(upload.key);
        const model = await addModel(ctx, { manifest: fields.manifest, file });
        return Response.json({ modelId: model.modelId }, { status: 201 });
      } finally {
        await ctx.deps.objects.delete(upload.key);
      }
    },
  });
}
