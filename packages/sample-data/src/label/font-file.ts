import { inflateSync } from 'node:zlib';

const HEADER = 44;
const ENTRY = 20;

/**
 * The plain font (sfnt) inside a WOFF 1.0 file (W3C Recommendation 2012). Node's inflate takes a tenth of the time of the
 * one that the font library carries, which counts where a Chinese typeface has three megabytes of outlines.
 */
export function sfntOf(woff: Buffer): ArrayBuffer {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = HEADER + i * ENTRY;
    const [offset, packed, full] = [4, 8, 12].map((k) => woff.readUInt32BE(at + k)) as [
      number,
      number,
      number,
    ];
    const bytes = woff.subarray(offset, offset + packed);
    return { entry: at, bytes: packed < full ? inflateSync(bytes) : bytes };
  });
  const size = tables.reduce((sum, { bytes }) => sum + aligned(bytes.length), 12 + 16 * count);
  const font = Buffer.from(new ArrayBuffer(size));
  woff.copy(font, 0, 4, 8);
  font.writeUInt16BE(count, 4);
  let offset = 12 + 16 * count;
  tables.forEach(({ entry, bytes }, i) => {
    const at = 12 + 16 * i;
    woff.copy(font, at, entry, entry + 4);
    woff.copy(font, at + 4, entry + 16, entry + 20);
    font.writeUInt32BE(offset, at + 8);
    font.writeUInt32BE(bytes.length, at + 12);
    bytes.copy(font, offset);
    offset += aligned(bytes.length);
  });
  return font.buffer as ArrayBuffer;
}

const aligned = (length: number): number => (length + 3) & ~3;
