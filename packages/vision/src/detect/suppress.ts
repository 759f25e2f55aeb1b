import type { Box } from '@likeness/contracts/box';

export type Detection = { box: Box; label: string; score: number };

export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
}

/** Greedy non-maximum suppression per label, best score first; boxes clipped to the image, empty ones dropped. */
export function suppress(
  detections: readonly Detection[],
  options: { iou: number; max: number },
): Detection[] {
  const kept: Detection[] = [];
  for (const detection of detections.map(clip).sort((a, b) => b.score - a.score)) {
    if (kept.length >= options.max) break;
    const [x1, y1, x2, y2] = detection.box;
    if (x2 - x1 < 1e-4 || y2 - y1 < 1e-4) continue;
    if (
      kept.every(
        (other) =>
          other.label !== detection.label || intersectionOverUnion(other.box, detection.box) < options.iou,
      )
    )
      kept.push(detection);
  }
  return kept;
}

function clip(detection: Detection): Detection {
  const box = detection.box.map((value) => Math.min(1, Math.max(0, value))) as Box;
  return { ...detection, box };
}
