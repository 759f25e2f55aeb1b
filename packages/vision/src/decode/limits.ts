import { LIMITS } from '@likeness/contracts/limits';

/** Bounds of decoding; what exceeds one is refused before or while it is read. */
export const DECODE_LIMITS = {
  bytes: LIMITS.imageBytesMax,
  pixels: LIMITS.imagePixelsMax,
  side: LIMITS.imageSideMax,
  /** Scans of a progressive JPEG: each costs a pass over the whole picture. */
  jpegScans: 100,
  /** Longer side of the copy that is shown, in pixels. */
  displaySide: 1600,
} as const;
