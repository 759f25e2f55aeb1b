import type { Box } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import type { DetectManifest } from '@likeness/contracts/model-manifest';
import type { RunOutput } from '../runtime/session-pool.ts';
import type { Detection } from './suppress.ts';

/** Reads a detector's outputs as boxes in fractions of the model's picture. */
export function readDetections(outputs: readonly RunOutput[], manifest: DetectManifest): Detection[] {
  const read = { ssd: readSsd, picodet: readPicodet, detr: readDetr }[manifest.output.format];
  return read(outputs, manifest);
}

function named(
  outputs: readonly RunOutput[],
  manifest: DetectManifest,
  word: string,
  index: number,
): RunOutput {
  const name = manifest.output.names[word];
  const found = name ? outputs.find((output) => output.name === name) : outputs[index];
  if (!found)
    throw new AppError('model_rejected', { message: `The detector has no output "${name ?? word}".` });
  return found;
}

const labelOf = (manifest: DetectManifest, index: number): string =>
  manifest.output.classes?.[index] ?? 'object';

/** boxes [1,N,4] as ymin,xmin,ymax,xmax in 0..1 · classes [1,N] · scores [1,N] (TFLite detection post-process). */
function readSsd(outputs: readonly RunOutput[], manifest: DetectManifest): Detection[] {
  const boxes = named(outputs, manifest, 'boxes', 0).data;
  const classes = named(outputs, manifest, 'classes', 1).data;
  const scores = named(outputs, manifest, 'scores', 2).data;
  return Array.from(scores, (score, i) => {
    const [y1 = 0, x1 = 0, y2 = 0, x2 = 0] = boxes.subarray(i * 4, i * 4 + 4);
    return { box: [x1, y1, x2, y2] as Box, label: labelOf(manifest, Math.round(classes[i] ?? 0)), score };
  }).filter(({ score }) => score >= manifest.output.score_min);
}

const PICODET_STRIDES = [8, 16, 32, 64];

/**
 * Per stride s: class scores [1,A,C] (sigmoid already applied) and box distributions [1,A,4·8]; the distance to
 * each side is s · Σ k·softmax_k (generalised focal loss, Li et al. 2020; PicoDet, Yu et al. 2021).
 */
function readPicodet(outputs: readonly RunOutput[], manifest: DetectManifest): Detection[] {
  const { width, height } = manifest.input;
  return PICODET_STRIDES.flatMap((stride, level) => {
    const scores = named(outputs, manifest, `scores_${stride}`, level);
    const boxes = named(outputs, manifest, `boxes_${stride}`, level + PICODET_STRIDES.length);
    const classes = scores.dims.at(-1) ?? 1;
    const bins = (boxes.dims.at(-1) ?? 32) / 4;
    const columns = Math.ceil(width / stride);
    const found: Detection[] = [];
    for (let anchor = 0; anchor * classes < scores.data.length; anchor++) {
      const [best, score] = argmax(scores.data, anchor * classes, classes);
      if (score < manifest.output.score_min) continue;
      const side = (k: number): number => expected(boxes.data, (anchor * 4 + k) * bins, bins) * stride;
      const x = ((anchor % columns) + 0.5) * stride;
      const y = (Math.floor(anchor / columns) + 0.5) * stride;
      const box: Box = [
        (x - side(0)) / width,
        (y - side(1)) / height,
        (x + side(2)) / width,
        (y + side(3)) / height,
      ];
      found.push({ box, label: labelOf(manifest, best), score });
    }
    return found;
  });
}

/** logits [1,Q,C] (sigmoid) and boxes [1,Q,4] as cx,cy,w,h in 0..1 (RT-DETR and D-FINE exports). */
function readDetr(outputs: readonly RunOutput[], manifest: DetectManifest): Detection[] {
  const logits = named(outputs, manifest, 'logits', 0);
  const boxes = named(outputs, manifest, 'boxes', 1).data;
  const classes = logits.dims.at(-1) ?? 1;
  return Array.from({ length: logits.data.length / classes }, (_, query) => {
    const [best, logit] = argmax(logits.data, query * classes, classes);
    const [cx = 0, cy = 0, w = 0, h = 0] = boxes.subarray(query * 4, query * 4 + 4);
    const box: Box = [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
    return { box, label: labelOf(manifest, best), score: 1 / (1 + Math.exp(-logit)) };
  }).filter(({ score }) => score >= manifest.output.score_min);
}

function argmax(values: Float32Array, start: number, count: number): [number, number] {
  let best = 0;
  for (let i = 1; i < count; i++) if ((values[start + i] ?? 0) > (values[start + best] ?? 0)) best = i;
  return [best, values[start + best] ?? 0];
}

function expected(values: Float32Array, start: number, bins: number): number {
  const peak = Math.max(...values.subarray(start, start + bins));
  let [sum, weighted] = [0, 0];
  for (let k = 0; k < bins; k++) {
    const e = Math.exp((values[start + k] ?? 0) - peak);
    sum += e;
    weighted += k * e;
  }
  return weighted / sum;
}
