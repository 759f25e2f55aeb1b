import { z } from 'zod';

const triple = z.tuple([z.number(), z.number(), z.number()]);

/** How pixels become the input tensor. mean and std are of 0..255 values; resizing is antialiased. */
export const modelInputSchema = z.strictObject({
  name: z.string().min(1),
  layout: z.enum(['NCHW', 'NHWC']),
  dtype: z.enum(['float32', 'uint8']),
  width: z.number().int().min(8).max(2048),
  height: z.number().int().min(8).max(2048),
  resize: z.enum(['squash', 'pad', 'crop']),
  kernel: z.enum(['bilinear', 'bicubic']),
  mean: triple,
  std: triple.refine((std) => std.every((each) => each > 0), { message: 'std must be above 0' }),
});
export type ModelInput = z.infer<typeof modelInputSchema>;

const embeddingOutputSchema = z.strictObject({
  embedding: z.string().min(1),
  dims: z.number().int().min(1).max(8192),
});
const detectionOutputSchema = z.strictObject({
  format: z.enum(['ssd', 'picodet', 'detr']),
  /** Names of the graph's outputs, by the words of the format; left out = by their order. */
  names: z.record(z.string(), z.string()),
  classes: z.array(z.string()).nullable(),
  score_min: z.number().min(0).max(1),
});

const identity = {
  id: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/),
  file: z.string().min(1).max(1024),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  license: z.string().max(200),
  source: z.string().max(1000),
};

/** The model manifest of contract §3. */
export const modelManifestSchema = z.discriminatedUnion('task', [
  z.strictObject({
    ...identity,
    task: z.literal('embed'),
    input: modelInputSchema,
    output: embeddingOutputSchema,
  }),
  z.strictObject({
    ...identity,
    task: z.literal('detect'),
    input: modelInputSchema,
    output: detectionOutputSchema,
  }),
]);
export type ModelManifest = z.infer<typeof modelManifestSchema>;
export type EmbedManifest = Extract<ModelManifest, { task: 'embed' }>;
export type DetectManifest = Extract<ModelManifest, { task: 'detect' }>;

/** File name that says: inference makes this model itself. */
export const BUILTIN_FILE = 'builtin';
export const BUILTIN_ENCODER = 'classical-v1';
export const BUILTIN_DETECTOR = 'foreground-v1';
