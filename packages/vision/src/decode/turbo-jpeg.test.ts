import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode-image.ts';
import { countScans, readJpegHead } from './jpeg-head.ts';
import { openImage } from './open-image.ts';
import { type Raster, toThreeChannels } from './raster.ts';
import { decodeTurboJpeg } from './turbo-jpeg.ts';

function picture(width: number, height: number): Sharp {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, seed = 11; i < data.length; i++) {
    const [x, y] = [((i / 3) | 0) % width, (i / 3 / width) | 0];
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    data[i] = ((x >> 4) + (y >> 5)) % 2 ? 40 * (i % 3) + 90 : (x * 255) / width + ((seed >> 16) % 30);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** What libvips makes of the bytes: the way of all other formats. */
async function byLibvips(bytes: Buffer): Promise<Raster> {
  const { read } = await openImage(bytes);
  const { data, info } = await read().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return toThreeChannels(data, info);
}

describe('JPEGs by libjpeg-turbo', () => {
  it.each([
    ['baseline', (image: Sharp) => image.jpeg({ quality: 88 })],
    ['progressive', (image: Sharp) => image.jpeg({ progressive: true })],
    ['with whole colours', (image: Sharp) => image.jpeg({ chromaSubsampling: '4:4:4' })],
    ['grey', (image: Sharp) => image.greyscale().jpeg()],
    ['upside down', (image: Sharp) => image.jpeg().withMetadata({ orientation: 3 })],
    ['lying on its right side', (image: Sharp) => image.jpeg().withMetadata({ orientation: 6 })],
    ['lying on its left side', (image: Sharp) => image.jpeg().withMetadata({ orientation: 8 })],
  ])('%s: the same pixels as by libvips, to the bit', async (_, encode) => {
    const bytes = await stripProfile(encode(picture(403, 297)));
    expect((await openImage(bytes)).plainJpeg).not.toBeNull();
    expect(decodeTurboJpeg(bytes, { width: 403, height: 297 }, 1)).not.toBeNull();
    expect(
      decodeTurboJpeg(bytes, { width: 403, height: 296 }, 1),
      'another size than was checked',
    ).toBeNull();
    const [found, wanted] = [await decodeImage(bytes), await byLibvips(bytes)];
    expect([found.width, found.height]).toEqual([wanted.width, wanted.height]);
    expect(Buffer.compare(Buffer.from(found.data), Buffer.from(wanted.data))).toBe(0);
  });

  it.each([
    ['a profile', (image: Sharp) => image.withIccProfile('p3').jpeg()],
    ['four inks', (image: Sharp) => image.toColourspace('cmyk').jpeg()],
    ['a mirrored picture', (image: Sharp) => image.withMetadata({ orientation: 5 }).jpeg()],
    ['a PNG', (image: Sharp) => image.png()],
  ])('leaves %s to libvips', async (_, encode) => {
    const bytes = await encode(picture(60, 40)).toBuffer();
    expect((await openImage(bytes)).plainJpeg).toBeNull();
    expect((await decodeImage(bytes)).data.length).toBe(60 * 40 * 3);
  });

  it('gives sizes of a half, a quarter and an eighth, rounded up', async () => {
    const bytes = await picture(403, 297).jpeg().toBuffer();
    const sizes = ([2, 4, 8] as const).map((shrink) =>
      decodeTurboJpeg(bytes, { width: 403, height: 297 }, shrink),
    );
    expect(sizes.map((each) => [each?.width, each?.height, each?.data.length])).toEqual([
      [202, 149, 202 * 149 * 3],
      [101, 75, 101 * 75 * 3],
      [51, 38, 51 * 38 * 3],
    ]);
  });

  it('says of broken bytes what libvips says, and never gives other pixels', async () => {
    const whole = await picture(203, 157).jpeg({ progressive: true }).toBuffer();
    let [seed, read, refused] = [5, 0, 0];
    for (let round = 0; round < 150; round++) {
      const bytes = Buffer.from(whole.subarray(0, round % 5 ? whole.length : whole.length - round * 7));
      for (let i = 0; i <= round % 3; i++) {
        seed = (seed * 1103515245 + 12345) & 0x7fffffff;
        bytes[(seed >> 4) % bytes.length] = seed & 0xff;
      }
      const [found, wanted] = await Promise.all([outcome(decodeImage(bytes)), outcome(byLibvips(bytes))]);
      expect(found, `round ${round}`).toEqual(wanted);
      if (typeof wanted === 'string') refused += 1;
      else read += 1;
    }
    expect(Math.min(read, refused)).toBeGreaterThan(10);
  });
});

describe('the head of a JPEG', () => {
  it('tells size, channels, orientation and profile', async () => {
    const plain = await picture(60, 40).jpeg().toBuffer();
    expect(readJpegHead(plain)).toEqual({
      width: 60,
      height: 40,
      components: 3,
      orientation: 1,
      hasProfile: false,
    });
    const rich = picture(60, 40).withMetadata({ orientation: 6 }); // and with the profile of sRGB
    expect(readJpegHead(await rich.jpeg().toBuffer())).toMatchObject({ orientation: 6, hasProfile: true });
  });

  it('takes the orientation of the first Exif segment: later ones go on with its data', async () => {
    const bytes = await picture(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const second = Buffer.from(`\xff\xe1\0\x0fExif\0\0goes on`, 'latin1');
    const end = bytes.indexOf('Exif') - 2 + bytes.readUInt16BE(bytes.indexOf('Exif') - 2);
    const both = Buffer.concat([bytes.subarray(0, end), second, bytes.subarray(end)]);
    expect(readJpegHead(both)?.orientation).toBe(6);
    expect([(await decodeImage(both)).width, (await byLibvips(both)).width]).toEqual([40, 40]);
  });

  it('is null where markers stand that another reader may skip otherwise: two readers, two sizes', async () => {
    const bytes = await picture(60, 40).jpeg().toBuffer();
    for (const marker of [0x01, 0xd0, 0xd7, 0xd8]) {
      const odd = Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, marker]), bytes.subarray(2)]);
      expect(readJpegHead(odd)).toBeNull();
    }
  });

  it('counts the scans of the picture alone, not those of its thumbnail or behind its end', async () => {
    const plain = await picture(60, 40).jpeg().toBuffer();
    const many = await picture(60, 40).jpeg({ progressive: true }).toBuffer();
    expect(countScans(plain)).toBe(1);
    const scans = countScans(many);
    expect(scans).toBeGreaterThan(5);
    const thumbnail = Buffer.concat([Buffer.from([0xff, 0xe5, 0, 0]), many]);
    thumbnail.writeUInt16BE(many.length + 2, 2);
    const film = Buffer.concat(Array.from({ length: 300 }, () => Buffer.from([0xff, 0xda, 0, 4, 1, 2])));
    const rich = Buffer.concat([many.subarray(0, 2), thumbnail, many.subarray(2), film]);
    expect(countScans(rich)).toBe(scans);
    expect(await decodeImage(rich)).toMatchObject({ width: 60, height: 40 });
    expect(countScans(Buffer.concat([many.subarray(0, -2), film]))).toBe(scans + 300);
    expect(countScans(await picture(60, 40).png().toBuffer())).toBe(0);
  });

  it('is null for what is cut off before the first scan, wherever', async () => {
    const bytes = await picture(60, 40).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    for (let end = 0; end < scan; end++) expect(readJpegHead(bytes.subarray(0, end))).toBeNull();
  });
});

/** The same picture without the sRGB profile that `withMetadata` writes. */
async function stripProfile(image: Sharp): Promise<Buffer> {
  const bytes = await image.toBuffer();
  const at = bytes.indexOf('ICC_PROFILE');
  if (at < 0) return bytes;
  const start = at - 4;
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 2 + bytes.readUInt16BE(start + 2))]);
}

async function outcome(made: Promise<Raster>): Promise<string | { size: string; bytes: string }> {
  return made.then(
    ({ width, height, data }) => ({
      size: `${width}x${height}`,
      bytes: Buffer.from(data).toString('base64'),
    }),
    (error: Error & { code?: string }) => error.code ?? 'image_corrupt',
  );
}
