import {
  BUILTIN_DETECTOR,
  BUILTIN_ENCODER,
  BUILTIN_FILE,
  type ModelManifest,
} from '@likeness/contracts/model-manifest';
import { sha256Of } from '../decode/decode-image.ts';
import { CLASSICAL_DIMS, CLASSICAL_SIDE, writeClassicalEncoder } from './classical-encoder.ts';

export type BuiltinModel = { manifest: ModelManifest; sha256: string; bytes: Uint8Array | null };

const input = {
  name: 'image',
  layout: 'NCHW',
  dtype: 'float32',
  width: CLASSICAL_SIDE,
  height: CLASSICAL_SIDE,
  resize: 'squash',
  kernel: 'bicubic',
  mean: [0, 0, 0],
  std: [1, 1, 1],
} as const;

/** The models that need no file: the classical encoder (its graph is written here) and the foreground detector (code). */
export function builtinModels(): BuiltinModel[] {
  const bytes = writeClassicalEncoder();
  const sha256 = sha256Of(bytes);
  const detectorSha = sha256Of(Buffer.from(BUILTIN_DETECTOR));
  const origin = { file: BUILTIN_FILE, license: 'part of Likeness' };
  return [
    {
      bytes,
      sha256,
      manifest: {
        ...origin,
        id: BUILTIN_ENCODER,
        task: 'embed',
        sha256,
        source:
          'classical descriptor: colour, oriented gradients, texture over a spatial pyramid; not trained',
        input: { ...input, mean: [0, 0, 0], std: [1, 1, 1] },
        output: { embedding: 'embedding', dims: CLASSICAL_DIMS },
      },
    },
    {
      bytes: null,
      sha256: detectorSha,
      manifest: {
        ...origin,
        id: BUILTIN_DETECTOR,
        task: 'detect',
        sha256: detectorSha,
        source: 'class-agnostic foreground: border colours and saliency; not trained',
        input: { ...input, mean: [0, 0, 0], std: [1, 1, 1] },
        output: { format: 'ssd', names: {}, classes: null, score_min: 0 },
      },
    },
  ];
}
