import { newId } from '@likeness/contracts/ids';
import type { Ctx } from '@likeness/core/context';
import type { Sink, Upload } from './read-multipart.ts';

export type UploadSink = {
  take: Sink;
  /** Takes away whatever of the request was stored, also parts of a body that broke in the middle. */
  drop(): Promise<void>;
};

/** Streams the parts of one request to the tenant's uploads. Errors of `take`: `storage_full`. */
export function openUploads(ctx: Ctx): UploadSink {
  const started: Promise<Upload>[] = [];
  const store: Sink = async ({ name, stream }) => {
    const key = `t/${ctx.tenantId}/uploads/${newId('request')}`;
    const { bytes } = await ctx.deps.objects.put(key, stream);
    return { key, name, bytes };
  };
  return {
    take(part) {
      const upload = store(part);
      started.push(upload);
      return upload;
    },
    async drop() {
      for (const each of await Promise.allSettled(started))
        if (each.status === 'fulfilled') await ctx.deps.objects.delete(each.value.key);
    },
  };
}
