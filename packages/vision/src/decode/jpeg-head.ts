/** What a JPEG says before its pixels. Sizes are those of the stored picture, before it is turned upright. */
export type JpegHead = {
  width: number;
  height: number;
  /** 1 = grey, 3 = colours, 4 = CMYK. */
  components: number;
  /** EXIF, 1 to 8; 1 where nothing is said, 0 where it is said in another way than it should. */
  orientation: number;
  hasProfile: boolean;
};

const MARKER = { start: 0xd8, end: 0xd9, scan: 0xda, exif: 0xe1, profile: 0xe2 } as const;
/** Markers that stand alone, without a length. */
const isBare = (marker: number): boolean => marker <= 0x01 || (marker >= 0xd0 && marker <= MARKER.start);
/** Baseline, extended, progressive: all with Huffman codes and 8 bits. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/**
 * Reads the segments before the first scan (ISO/IEC 10918-1, annex B). Null for what is no JPEG of the usual kind, or
 * is written in a way that a closer reader must judge.
 */
export function readJpegHead(bytes: Buffer): JpegHead | null {
  if (bytes[0] !== 0xff || bytes[1] !== MARKER.start) return null;
  let frame: Pick<JpegHead, 'width' | 'height' | 'components'> | null = null;
  let orientation: number | null = null; // of the first Exif segment: a second one goes on with its data
  let hasProfile = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (isBare(marker)) return null; // lawful, but never there: readers differ in where they go on
    if (marker === MARKER.scan) return frame && { ...frame, orientation: orientation ?? 1, hasProfile };
    const segment = bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2));
    if (FRAMES.has(marker)) {
      if (frame || segment.length < 6 || segment[0] !== 8) return null;
      const [height, width] = [segment.readUInt16BE(1), segment.readUInt16BE(3)];
      if (height === 0 || width === 0) return null;
      frame = { width, height, components: segment[5] as number };
    } else if (marker === MARKER.exif && segment.toString('latin1', 0, 6) === 'Exif\0\0')
      orientation ??= readOrientation(segment.subarray(6));
    else if (marker === MARKER.profile && segment.toString('latin1', 0, 12) === 'ICC_PROFILE\0')
      hasProfile = true;
    at += 4 + segment.length;
  }
  return null;
}

/**
 * Scans up to the end of the picture: what stands in its segments (a thumbnail) or behind its end (a film, another
 * picture) is not counted. 0 for what is no JPEG.
 */
export function countScans(bytes: Buffer): number {
  if (bytes[0] !== 0xff || bytes[1] !== MARKER.start) return 0;
  let scans = 0;
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] as number;
    if (marker === MARKER.end) return scans;
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else {
      if (marker === MARKER.scan) scans += 1;
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
    }
  }
  return scans;
}

/** The orientation in the first directory of a TIFF header; 1 where there is none. */
function readOrientation(tiff: Buffer): number {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const long = (at: number): number =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const directory = long(4);
  for (let i = 0; i < short(directory); i++) {
    const entry = directory + 2 + 12 * i;
    if (short(entry) === ORIENTATION_TAG) return short(entry + 2) === SHORT ? short(entry + 8) : 0;
  }
  return 1;
}
