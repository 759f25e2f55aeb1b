import type { Box } from '@likeness/contracts/box';
import type { DetectManifest } from '@likeness/contracts/model-manifest';
import type { Raster } from '../decode/raster.ts';
import type { ModelFile } from '../models/embed-pixels.ts';
import { type Placement, resizeForModel } from '../preprocess/to-tensor.ts';
import type { RunControl, SessionPool } from '../runtime/session-pool.ts';
import { readDetections } from './formats.ts';
import { type Detection, suppress } from './suppress.ts';

const OBJECTS_MAX = 10;
const SAME_OBJECT_IOU = 0.5;

/** Objects of an image by a detector model, best first, at most 10. Errors: those of the pool. */
export async function detectObjects(
  pool: SessionPool,
  raster: Raster,
  how: { manifest: DetectManifest; model: ModelFile; control: RunControl },
): Promise<Detection[]> {
  const { manifest, model, control } = how;
  const { pixels, placement } = await resizeForModel(raster, manifest.input);
  const names = Object.values(manifest.output.names);
  const outputs = await pool.run({ model, input: manifest.input, batch: [pixels], outputs: names }, control);
  const found = readDetections(outputs, manifest).map((each) => ({
    ...each,
    box: toImage(each.box, placement),
  }));
  return suppress(found, { iou: SAME_OBJECT_IOU, max: OBJECTS_MAX });
}

function toImage(box: Box, placement: Placement): Box {
  const [x1, y1, x2, y2] = box;
  const x = (value: number): number => (value - placement.left) / placement.width;
  const y = (value: number): number => (value - placement.top) / placement.height;
  return [x(x1), y(y1), x(x2), y(y2)];
}
