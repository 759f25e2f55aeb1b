import { z } from 'zod';
import { boxSchema } from './box.ts';
import { modelManifestSchema } from './model-manifest.ts';

/**
 * Wire of apps/inference: stateless, knows no tenant. Every call is `POST` with the raw image bytes as its
 * body (may be empty when `raster` names pixels decoded a moment ago) and a JSON header `x-likeness-request`.
 * `x-deadline-ms` is an absolute time; work past it is dropped before decode and before each model run.
 *
 *   POST /normalize   NormalizeRequest → JPEG bytes; facts in the header `x-likeness-result` (NormalizeResult)
 *   POST /detect      DetectRequest    → DetectResult
 *   POST /embed       EmbedRequest     → frame (engine-frame.ts) of EmbedResult and float32 vectors
 *   PUT  /models/{sha256}              → 204; the bytes of a model file, checked against the hash
 *   POST /models/probe ProbeRequest    → ProbeResult (runs the model once in a process of its own)
 *   GET  /models/builtin               → {models:[{manifest, sha256}]}
 *   GET  /livez /readyz /counters
 *
 * Answers besides success: the error body of contract §5; 409 `model_not_loaded` asks the caller to PUT the
 * bytes and call again; 410 `raster_gone` asks for the bytes.
 */
export const REQUEST_HEADER = 'x-likeness-request';
export const RESULT_HEADER = 'x-likeness-result';
export const DEADLINE_HEADER = 'x-deadline-ms';

export const laneSchema = z.enum(['interactive', 'bulk']);
export type Lane = z.infer<typeof laneSchema>;

export const modelSpecSchema = z.object({ manifest: modelManifestSchema, sha256: z.string() });
export type ModelSpec = z.infer<typeof modelSpecSchema>;

const imageFields = {
  lane: laneSchema.default('interactive'),
  /** Handle of pixels that an earlier answer named; the body is then empty. */
  raster: z.string().nullish(),
};

export const normalizeRequestSchema = z.object({ lane: laneSchema.default('interactive') });
export type NormalizeRequest = z.input<typeof normalizeRequestSchema>;
export type NormalizeResult = { width: number; height: number; sha256: string; dhash: string; color: string };

export const detectRequestSchema = z.object({ ...imageFields, detector: modelSpecSchema.nullable() });
export type DetectRequest = z.input<typeof detectRequestSchema>;
export type DetectedObject = { box: [number, number, number, number]; label: string; score: number };
export type DetectResult = {
  width: number;
  height: number;
  sha256: string;
  raster: string;
  objects: DetectedObject[];
  ms: { decode: number; detect: number };
};

export const cropSettingsSchema = z.object({
  side: z.number().int().min(16).max(4096),
  enlarge: z.boolean(),
});
export const embedRequestSchema = z.object({
  ...imageFields,
  model: modelSpecSchema,
  boxes: z.array(boxSchema).min(1).max(32),
  crop: cropSettingsSchema,
});
export type EmbedRequest = z.input<typeof embedRequestSchema>;
export type EmbedResult = {
  dims: number;
  count: number;
  width: number;
  height: number;
  raster: string;
  ms: { decode: number; embed: number };
};

export const probeRequestSchema = z.object({ model: modelSpecSchema });
export type ProbeRequest = z.input<typeof probeRequestSchema>;
export type ProbeResult = { dims: number | null };
