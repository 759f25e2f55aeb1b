import type { Ctx } from '../context.ts';
import type { CallOptions } from '../ports/vision.ts';

export type StoredImage = {
  sha256: string;
  width: number;
  height: number;
  bytes: number;
  dhash: string;
  color: string;
  originalKey: string;
  displayKey: string;
};

/**
 * Takes an upload in: normalised in inference, the original kept private, the re-encoded copy for showing.
 * @param input.prefix object-store folder of this picture, such as `t/<tenant>/images/<image>`
 * Errors: those of decoding, `storage_full`.
 */
export async function storeImage(
  ctx: Ctx,
  input: { prefix: string; bytes: Uint8Array; options: CallOptions },
): Promise<StoredImage> {
  const { display, ...facts } = await ctx.deps.vision.normalize(input.bytes, input.options);
  const originalKey = `${input.prefix}/original`;
  const displayKey = `${input.prefix}/display.jpg`;
  await Promise.all([
    ctx.deps.objects.put(originalKey, input.bytes),
    ctx.deps.objects.put(displayKey, display),
  ]);
  return { ...facts, bytes: input.bytes.byteLength, originalKey, displayKey };
}
