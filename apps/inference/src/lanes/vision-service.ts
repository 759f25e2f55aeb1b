import { type Box, WHOLE_IMAGE } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import type {
  DetectedObject,
  DetectResult,
  EmbedResult,
  Lane,
  ModelSpec,
  NormalizeResult,
} from '@likeness/contracts/inference';
import { BUILTIN_DETECTOR, type EmbedManifest } from '@likeness/contracts/model-manifest';
import type { Raster } from '@likeness/vision/decode/raster';
import { detectObjects } from '@likeness/vision/detect/detect-objects';
import { detectForeground } from '@likeness/vision/detect/foreground';
import { embedPixels, type ModelFile } from '@likeness/vision/models/embed-pixels';
import { type CropSettings, cropBox } from '@likeness/vision/preprocess/crop-box';
import { resizeForModel } from '@likeness/vision/preprocess/to-tensor';
import type { ModelStore } from '@likeness/vision/registry/model-store';
import type { SessionPool } from '@likeness/vision/runtime/session-pool';
import type { DecodePool } from '../decode/decode-pool.ts';
import type { RasterCache } from '../decode/raster-cache.ts';

export type Control = { lane: Lane; deadlineMs?: number | undefined; signal?: AbortSignal | undefined };
export type Image = { bytes: Buffer; raster: string | null };
export type Parts = { decoder: DecodePool; sessions: SessionPool; store: ModelStore; rasters: RasterCache };

type Inputs = {
  pixels: Uint8Array[];
  decoded: { width: number; height: number; handle: string; ms: number };
  began: number;
};

/** bytes → raster → boxes; raster → crops → model inputs → embeddings. Holds nothing of its caller but decoded pixels for a moment. */
export class VisionService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async normalize(bytes: Buffer, control: Control): Promise<{ facts: NormalizeResult; display: Buffer }> {
    const { header, bytes: display } = await this.#parts.decoder.run({ task: 'normalize' }, bytes, control);
    const { width, height, sha256, dhash, color } = header as unknown as NormalizeResult;
    return { facts: { width, height, sha256, dhash, color }, display };
  }

  async detect(image: Image, detector: ModelSpec | null, control: Control): Promise<DetectResult> {
    const decoded = await this.#decode(image, control);
    const began = performance.now();
    const objects = detector ? await this.#detect(decoded.raster, detector, control) : [];
    const { width, height } = decoded.raster;
    return {
      width,
      height,
      sha256: decoded.handle,
      raster: decoded.handle,
      objects,
      ms: { decode: decoded.ms, detect: performance.now() - began },
    };
  }

  async embed(
    image: Image,
    request: { model: ModelSpec; boxes: Box[]; crop: CropSettings },
    control: Control,
  ): Promise<{ result: EmbedResult; vectors: Float32Array }> {
    const { manifest } = request.model;
    if (manifest.task !== 'embed')
      throw new AppError('invalid_request', { message: `${manifest.id} is no encoder.` });
    const model = this.#modelFile(request.model);
    const { pixels, decoded, began } = await this.#inputs(image, { ...request, manifest }, control);
    const found = await embedPixels(this.#parts.sessions, pixels, { manifest, model, control });
    const vectors = new Float32Array(found.length * manifest.output.dims);
    for (const [i, vector] of found.entries()) vectors.set(vector, i * manifest.output.dims);
    const { width, height } = decoded;
    const ms = { decode: decoded.ms, embed: performance.now() - began };
    return {
      result: { dims: manifest.output.dims, count: found.length, width, height, raster: decoded.handle, ms },
      vectors,
    };
  }

  /** The crops of an image as a model takes them; those of a whole image are made where it is decoded. */
  async #inputs(
    image: Image,
    request: { manifest: EmbedManifest; boxes: Box[]; crop: CropSettings },
    control: Control,
  ): Promise<Inputs> {
    const { boxes, crop } = request;
    const { input } = request.manifest;
    const onlyWhole = boxes.length === 1 && boxes[0]?.join() === WHOLE_IMAGE.join();
    if (onlyWhole && image.bytes.length > 0 && !(image.raster && this.#parts.rasters.get(image.raster))) {
      const asked = performance.now();
      const task = { task: 'input', crop, input } as const;
      const { header, bytes } = await this.#parts.decoder.run(task, image.bytes, control);
      const { width, height, sha256 } = header as Record<string, number | string>;
      const began = performance.now();
      const decoded = {
        width: Number(width),
        height: Number(height),
        handle: String(sha256),
        ms: began - asked,
      };
      return { pixels: [bytes], decoded, began };
    }
    const { raster, handle, ms } = await this.#decode(image, control);
    const began = performance.now();
    const pixels = await Promise.all(
      boxes.map(async (box) => (await resizeForModel(await cropBox(raster, box, crop), input)).pixels),
    );
    return { pixels, decoded: { width: raster.width, height: raster.height, handle, ms }, began };
  }

  async #detect(raster: Raster, detector: ModelSpec, control: Control): Promise<DetectedObject[]> {
    const { manifest } = detector;
    if (manifest.task !== 'detect')
      throw new AppError('invalid_request', { message: `${manifest.id} is no detector.` });
    if (manifest.id === BUILTIN_DETECTOR) return detectForeground(raster);
    return detectObjects(this.#parts.sessions, raster, {
      manifest,
      model: this.#modelFile(detector),
      control,
    });
  }

  async #decode(image: Image, control: Control): Promise<{ raster: Raster; handle: string; ms: number }> {
    const began = performance.now();
    const known = image.raster ? this.#parts.rasters.get(image.raster) : null;
    if (known && image.raster) return { raster: known, handle: image.raster, ms: performance.now() - began };
    if (image.bytes.length === 0) throw new AppError('image_expired', { message: 'raster_gone' });
    const { header, bytes } = await this.#parts.decoder.run({ task: 'decode' }, image.bytes, control);
    const raster = { width: Number(header.width), height: Number(header.height), data: bytes };
    const handle = String(header.sha256);
    this.#parts.rasters.put(handle, raster);
    return { raster, handle, ms: performance.now() - began };
  }

  #modelFile(model: ModelSpec): ModelFile {
    const file = this.#parts.store.find(model.sha256);
    if (!file) throw new AppError('conflict', { message: 'model_not_loaded' });
    return { sha256: model.sha256, file };
  }
}
