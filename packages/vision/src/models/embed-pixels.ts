import { AppError } from '@likeness/contracts/errors';
import type { EmbedManifest } from '@likeness/contracts/model-manifest';
import type { RunControl, SessionPool } from '../runtime/session-pool.ts';

export type ModelFile = { sha256: string; file: string };

/** Pictures a run may hold at once. */
const BATCH_MAX = 8;

/**
 * Unit vectors of pictures, in their order, `dims` floats each; `pixels` have the size of the model's input. Errors: those of the pool; `model_rejected` when the
 * model answers another width, a value that is no number, or nothing.
 */
export async function embedPixels(
  pool: SessionPool,
  pixels: readonly Uint8Array[],
  how: { manifest: EmbedManifest; model: ModelFile; control: RunControl },
): Promise<Float32Array[]> {
  const { manifest, model, control } = how;
  const vectors: Float32Array[] = [];
  for (let first = 0; first < pixels.length; first += BATCH_MAX) {
    const batch = pixels.slice(first, first + BATCH_MAX);
    const outputs = [manifest.output.embedding];
    const [output] = await pool.run({ model, input: manifest.input, batch, outputs }, control);
    if (output?.data.length !== batch.length * manifest.output.dims) {
      throw new AppError('model_rejected', {
        message: `The model gives ${output?.dims.join('×')}, its manifest says ${manifest.output.dims}.`,
      });
    }
    for (let i = 0; i < batch.length; i++)
      vectors.push(normalize(output.data.slice(i * manifest.output.dims, (i + 1) * manifest.output.dims)));
  }
  return vectors;
}

/** v / ‖v‖₂, in its place. */
export function normalize(vector: Float32Array): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] as number) * (vector[i] as number);
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm) || norm === 0)
    throw new AppError('model_rejected', { message: 'The model gave a vector without length.' });
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / norm;
  return vector;
}
