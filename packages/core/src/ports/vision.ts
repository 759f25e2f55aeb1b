import type { Box } from '@likeness/contracts/box';
import type { ModelManifest } from '@likeness/contracts/model-manifest';

/** Which model to run: its manifest and, unless it is built in, where its bytes are found. */
export type ModelRef = { manifest: ModelManifest; sha256: string; fileKey: string | null };

/** Either raw bytes, or the handle of pixels that inference decoded a moment ago (falls back to bytes). */
export type ImageInput = { bytes: () => Promise<Uint8Array>; raster?: string };

export type CallOptions = { lane: 'interactive' | 'bulk'; deadlineMs?: number; signal?: AbortSignal };

export type Normalized = {
  /** Re-encoded upright sRGB JPEG, the only form that is ever shown. */
  display: Buffer;
  width: number;
  height: number;
  sha256: string;
  dhash: string;
  color: string;
};

export type Detected = {
  width: number;
  height: number;
  sha256: string;
  raster: string;
  objects: { box: Box; label: string; score: number }[];
  ms: { decode: number; detect: number };
};

export type Embedded = {
  /** One unit vector per box, float32, `dims` long. */
  vectors: Float32Array[];
  dims: number;
  width: number;
  height: number;
  raster: string;
  ms: { decode: number; embed: number };
};

/** The door to apps/inference: every untrusted image byte goes through it, nothing else decodes. */
export interface Vision {
  normalize(bytes: Uint8Array, options: CallOptions): Promise<Normalized>;
  /** Boxes by descending score; `detector` null = decode only (no objects). */
  detect(image: ImageInput, detector: ModelRef | null, options: CallOptions): Promise<Detected>;
  /** Crops each box with the one crop function (mission §1), embeds, L2-normalises. */
  embed(
    image: ImageInput,
    request: { model: ModelRef; boxes: Box[]; crop: { side: number; enlarge: boolean } },
    options: CallOptions,
  ): Promise<Embedded>;
  /** Checks that a model file is only data and runs; returns its output width. Error: `model_rejected`. */
  probeModel(model: ModelRef): Promise<{ dims: number | null }>;
  /** Manifests of the models that inference makes itself (built-in encoder and detector). */
  builtinModels(): Promise<{ manifest: ModelManifest; sha256: string }[]>;
}
