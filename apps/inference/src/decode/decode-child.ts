import { AppError } from '@likeness/contracts/errors';
import type { ModelInput } from '@likeness/contracts/model-manifest';
import { decodeImage, sha256Of } from '@likeness/vision/decode/decode-image';
import { decodeWholeCrop } from '@likeness/vision/decode/decode-whole-crop';
import { normalizeImage } from '@likeness/vision/decode/normalize-image';
import type { CropSettings } from '@likeness/vision/preprocess/crop-box';
import { resizeForModel } from '@likeness/vision/preprocess/to-tensor';
import { readFrames, writeFrame } from './frames.ts';

// Runs alone with untrusted bytes; the server kills it when it takes too long or too much.
type Answer = { header: Record<string, unknown>; bytes: Uint8Array };

let tail: Promise<void> = Promise.resolve();
readFrames(process.stdin, 64 * 1024 * 1024, (frame) => {
  tail = tail.then(async () => writeFrame(process.stdout, await answer(frame.header, frame.bytes)));
});
process.stdin.on('end', () => process.exit(0));

async function answer({ task, ...how }: Record<string, unknown>, bytes: Buffer): Promise<Answer> {
  try {
    if (task === 'normalize') {
      const { display, ...facts } = await normalizeImage(bytes);
      return { header: { ok: true, ...facts }, bytes: display };
    }
    if (task === 'input') {
      const { crop, ...size } = await decodeWholeCrop(bytes, how.crop as CropSettings);
      const { pixels } = await resizeForModel(crop, how.input as ModelInput);
      return { header: { ok: true, ...size, sha256: sha256Of(bytes) }, bytes: pixels };
    }
    const { width, height, data } = await decodeImage(bytes);
    return { header: { ok: true, width, height, sha256: sha256Of(bytes) }, bytes: data };
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError('image_corrupt');
    return { header: { ok: false, code: known.code, message: known.message }, bytes: new Uint8Array(0) };
  }
}
