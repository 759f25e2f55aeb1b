import { AppError } from '@likeness/contracts/errors';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { countScans, type JpegHead, readJpegHead } from './jpeg-head.ts';
import { DECODE_LIMITS } from './limits.ts';

// Only these readers of libvips may ever see bytes from outside.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
    'VipsForeignLoadNsgif',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

const READABLE = new Set(['jpeg', 'png', 'webp', 'heif', 'gif']);

/** A JPEG of sRGB without a profile; `turn` degrees clockwise make it upright. */
export type PlainJpeg = { head: JpegHead; turn: 0 | 90 | 180 | 270 };
/** EXIF orientations that only turn; those that mirror as well are rare and stay with libvips. */
const TURNS: Partial<Record<number, PlainJpeg['turn']>> = { 1: 0, 3: 180, 6: 90, 8: 270 };

/** `read` begins libvips' pipeline. `width` and `height` are the upright picture's. */
export type OpenedImage = { read(): Sharp; width: number; height: number; plainJpeg: PlainJpeg | null };

/**
 * A reader of untrusted bytes: first frame, upright, sRGB, alpha on white, no metadata. Runs only in a process
 * that may be killed. Errors: `payload_too_large`, `unsupported_image`, `image_too_large`, `image_corrupt`.
 */
export async function openImage(bytes: Buffer): Promise<OpenedImage> {
  if (bytes.length > DECODE_LIMITS.bytes)
    throw new AppError('payload_too_large', { message: `An image may have ${DECODE_LIMITS.bytes} bytes.` });
  if (countScans(bytes) > DECODE_LIMITS.jpegScans)
    throw new AppError('image_corrupt', { message: 'The JPEG has too many scans.' });
  const head = readJpegHead(bytes);
  const plainJpeg = head && plainJpegOf(head);
  const { width, height, orientation = 1 } = plainJpeg ? head : await askLibvips(bytes);
  if (width * height > DECODE_LIMITS.pixels || Math.max(width, height) > DECODE_LIMITS.side)
    throw new AppError('image_too_large');
  const turned = orientation >= 5;
  return {
    read: () => upright(source(bytes)),
    width: turned ? height : width,
    height: turned ? width : height,
    plainJpeg,
  };
}

const source = (bytes: Buffer): Sharp =>
  sharp(bytes, {
    failOn: 'error',
    limitInputPixels: DECODE_LIMITS.pixels,
    sequentialRead: true,
    pages: 1,
  });

const upright = (image: Sharp): Sharp =>
  image.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha();

async function askLibvips(bytes: Buffer): Promise<Metadata> {
  const header = await source(bytes)
    .metadata()
    .catch((cause: Error) => {
      throw classify(cause, 'unsupported_image');
    });
  if (!READABLE.has(header.format ?? '')) throw new AppError('unsupported_image');
  return header;
}

function plainJpegOf(head: JpegHead): PlainJpeg | null {
  const { components, hasProfile, orientation } = head;
  const turn = TURNS[orientation];
  return turn === undefined || hasProfile || (components !== 1 && components !== 3) ? null : { head, turn };
}

/** What libvips says, as a code of ours. */
export function classify(cause: Error, otherwise: 'unsupported_image' | 'image_corrupt'): AppError {
  if (/pixel limit|exceeds/i.test(cause.message)) return new AppError('image_too_large', { cause });
  if (/unsupported image format|blocked|no known/i.test(cause.message))
    return new AppError('unsupported_image', { cause });
  return new AppError(otherwise, { cause });
}
