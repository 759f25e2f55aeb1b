import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';
import type { JpegHead } from './jpeg-head.ts';
import { DECODE_LIMITS } from './limits.ts';
import type { Raster } from './raster.ts';

/** A JPEG is decoded at 1/1, 1/2, 1/4 or 1/8 of its size, straight from its frequencies. */
export type Shrink = 1 | 2 | 4 | 8;

// Names and numbers of turbojpeg.h, version 3.
const DECOMPRESSOR = 1;
const PIXELS_RGB = 0;
const PARAM = {
  stopOnWarning: 0,
  width: 5,
  height: 6,
  precision: 7,
  colorspace: 8,
  scanLimit: 13,
  maxPixels: 24,
} as const;
/** RGB, YCbCr and grey; CMYK and YCCK need profiles and stay with libvips. */
const COLORSPACES = new Set([0, 1, 2]);

type Call = (...values: unknown[]) => number;
type Turbo = Record<'set' | 'get' | 'header' | 'scale' | 'decompress', Call> & { handle: unknown };

/** Undefined until it was looked for; null where this machine has none. */
let turbo: Turbo | null | undefined;

/**
 * Upright pixels of a JPEG by libjpeg-turbo without a pipeline round it: the same as libvips gives to the bit, in a
 * third of its time (docs/decisions/inference.md). Only for JPEGs without profile and rotation. Null when the library
 * is not there, when it reads another size than `head`, whose limits were checked, or when it would not read these bytes
 * without a complaint: libvips then reads them and says what is wrong.
 * `room` gives the memory for the pixels.
 */
export function decodeTurboJpeg(
  bytes: Buffer,
  head: Pick<JpegHead, 'width' | 'height'>,
  shrink: Shrink,
  room: (bytes: number) => Uint8Array = Buffer.allocUnsafeSlow,
): Raster | null {
  if (turbo === undefined) turbo = load();
  if (turbo === null) return null;
  const { handle, set, get, header, scale, decompress } = turbo;
  set(handle, PARAM.stopOnWarning, 1);
  set(handle, PARAM.scanLimit, DECODE_LIMITS.jpegScans);
  set(handle, PARAM.maxPixels, DECODE_LIMITS.pixels);
  if (header(handle, bytes, bytes.length) !== 0) return null;
  if (get(handle, PARAM.width) !== head.width || get(handle, PARAM.height) !== head.height) return null;
  if (get(handle, PARAM.precision) !== 8 || !COLORSPACES.has(get(handle, PARAM.colorspace))) return null;
  if (scale(handle, { num: 1, denom: shrink }) !== 0) return null;
  const [width, height] = [Math.ceil(head.width / shrink), Math.ceil(head.height / shrink)];
  const data = room(width * height * 3);
  return decompress(handle, bytes, bytes.length, data, 0, PIXELS_RGB) === 0 ? { width, height, data } : null;
}

/** Only its packages for Linux hold the library as a file of its own; elsewhere libvips reads JPEGs too. */
function load(): Turbo | null {
  if (process.platform !== 'linux') return null;
  const folder = path.dirname(createRequire(import.meta.url).resolve('@julusian/jpeg-turbo/package.json'));
  const machine = `linux-${process.arch}${isMusl() ? '-musl' : ''}`;
  const file = path.join(folder, 'prebuilds', `jpeg-turbo-${machine}`, 'libturbojpeg.so.0');
  if (!existsSync(file)) return null;
  try {
    return bind(koffi.load(file));
  } catch {
    return null; // made for another C library than this machine's
  }
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return !header.glibcVersionRuntime;
}

function bind(library: LibraryHandle): Turbo {
  koffi.struct('tjscalingfactor', { num: 'int', denom: 'int' });
  return {
    handle: library.func('void *tj3Init(int)')(DECOMPRESSOR),
    set: library.func('int tj3Set(void *, int, int)'),
    get: library.func('int tj3Get(void *, int)'),
    header: library.func('int tj3DecompressHeader(void *, const uint8_t *, size_t)'),
    scale: library.func('int tj3SetScalingFactor(void *, tjscalingfactor)'),
    decompress: library.func('int tj3Decompress8(void *, const uint8_t *, size_t, uint8_t *, int, int)'),
  };
}
