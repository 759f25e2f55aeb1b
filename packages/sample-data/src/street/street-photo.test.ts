import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { specOf } from '../catalog/product-spec.ts';
import { buildGood, type Good } from '../goods/build-good.ts';
import { GROUP_HOW, STREET_GROUPS, type StreetGroup } from './groups.ts';
import { pixelsOf, rehearsalSize, wholeArea } from './rehearsal.ts';
import { PHOTO_IN_APP } from './screenshot.ts';
import { renderStreetPhoto, takeFrame } from './street-photo.ts';

const SIZE = 96;
/** One of each of four families: a shoe, a coat, a hat, a carton. */
const INDICES = [0, 6, 10, 16];
let goods: Good[] = [];
const photo = (group: StreetGroup, wanted: readonly Good[] = goods.slice(0, 1)) =>
  renderStreetPhoto(wanted, { seed: 'test', group, size: SIZE });

beforeAll(async () => {
  goods = await Promise.all(
    INDICES.map((index) => {
      const spec = specOf(1, index);
      return buildGood(spec, spec.variants[0], 64);
    }),
  );
});

describe('street photos', () => {
  it.each(STREET_GROUPS)('%s: a picture of the size, boxes within it', async (group) => {
    const { jpeg, truth } = await photo(group, group === 'several' || group === 'shelf' ? goods : undefined);
    const { width, height } = await sharp(jpeg).metadata();
    expect(Math.max(width, height)).toBeGreaterThanOrEqual(SIZE - 2);
    expect(Math.max(width, height)).toBeLessThanOrEqual(SIZE + 2);
    for (const { box } of truth) {
      const [x1, y1, x2, y2] = box;
      expect(Math.min(x1, y1)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x2, y2)).toBeLessThanOrEqual(1);
      expect(x2 - x1).toBeGreaterThan(0.02);
      expect(y2 - y1).toBeGreaterThan(0.02);
    }
    if (group === 'none') expect(truth).toEqual([]);
    else expect(truth[0]?.productId).toBe(goods[0]?.spec.productId);
    if (group === 'several') expect(truth.length).toBeGreaterThanOrEqual(2);
  });

  it('a shelf names what stands on it: nothing that hangs, and each by its own box', async () => {
    const how = { seed: 'shelf', group: 'shelf' as const, size: 192 };
    const company = [0, 1, 3].map((at) => goods[at] as Good);
    const { truth } = await renderStreetPhoto(company, how);
    const ids = truth.map(({ productId }) => productId);
    expect(ids).toContain(company[2]?.spec.productId);
    expect(ids).not.toContain(company[1]?.spec.productId);
    expect(truth, 'the coat changes nothing').toEqual(
      (await renderStreetPhoto([company[0] as Good, company[2] as Good], how)).truth,
    );
    const coatFirst = await renderStreetPhoto([company[1] as Good, company[0] as Good], how);
    expect(coatFirst.truth.map(({ productId }) => productId)).toEqual([company[1]?.spec.productId]);
  });

  it('the same input gives the same bytes, whatever was rendered between', async () => {
    const first = await photo('occluded');
    await photo('worn', goods.slice(1, 2));
    const again = await photo('occluded');
    expect(again.jpeg.equals(first.jpeg)).toBe(true);
    expect(again.truth).toEqual(first.truth);
  });

  it.each(['plain', 'rotated', 'upside_down', 'occluded', 'worn'] as const)(
    '%s: the box is that of the pixels of the mask',
    async (group) => {
      const [wanted] = goods;
      const how = { seed: 'box', group, size: SIZE };
      const { frame } = await takeFrame([wanted as Good], how);
      const { truth } = await renderStreetPhoto([wanted as Good], how);
      const rows = Array.from({ length: frame.height }, (_, y) =>
        frame.mask.subarray(y * frame.width, (y + 1) * frame.width),
      );
      const lit = rows.map((row, y) => (row.includes(1) ? y : -1)).filter((y) => y >= 0);
      const left = Math.min(...lit.map((y) => (rows[y] as Uint16Array).indexOf(1)));
      const right = Math.max(...lit.map((y) => (rows[y] as Uint16Array).lastIndexOf(1))) + 1;
      const [x1, y1, x2, y2] = truth[0]?.box ?? [0, 0, 0, 0];
      expect([x1 * frame.width, x2 * frame.width].map(Math.round)).toEqual([left, right]);
      expect([y1 * frame.height, y2 * frame.height].map(Math.round)).toEqual([lit[0], (lit.at(-1) ?? 0) + 1]);
    },
  );

  it('occluded: as much of the good can be seen as the table says', async () => {
    for (const [i, good] of goods.slice(1, 3).entries()) {
      const { frame, shot } = await takeFrame([good], { seed: `seen${i}`, group: 'occluded', size: SIZE });
      const size = rehearsalSize(frame.width, frame.height);
      const [actor] = shot.goods;
      const whole = actor ? wholeArea(actor, shot.scene.camera, size) : 0;
      const seen = pixelsOf(shot.scene.actors, shot.scene.camera, size).get(1) ?? 0;
      const [least, most] = GROUP_HOW.occluded.seen;
      expect(seen / whole).toBeGreaterThan(least * 0.85);
      expect(seen / whole).toBeLessThan(most + 0.05);
    }
  });

  it('a box for every good of which anybody sees a piece', async () => {
    const unlisted: string[] = [];
    for (const group of ['several', 'shelf'] as const)
      for (let i = 0; i < 12; i++) {
        const wanted = [...goods.slice(i % 4), ...goods.slice(0, i % 4)];
        const { frame, seen } = await takeFrame(wanted, { seed: `piece${i}`, group, size: SIZE });
        const pixels = new Map<number, number>();
        for (const id of frame.mask) pixels.set(id, (pixels.get(id) ?? 0) + 1);
        for (let id = 1; id <= wanted.length; id++)
          if ((pixels.get(id) ?? 0) > 0.002 * frame.mask.length && !seen.some((each) => each.id === id))
            unlisted.push(`${group} ${i}: ${id}`);
      }
    expect(unlisted).toEqual([]);
  }, 60_000);

  it('upside down: what is up in the world is down in the picture', async () => {
    const { shot } = await takeFrame(goods.slice(0, 1), { seed: 'turned', group: 'upside_down', size: SIZE });
    expect(Math.cos(shot.scene.camera.roll)).toBeLessThan(-0.95);
  });

  it('screenshot: the box lies where the pixels of the good are', async () => {
    const how = { seed: 'app', group: 'screenshot' as const, size: 200 };
    const wanted = goods.slice(1, 2);
    const { frame } = await takeFrame(wanted, how);
    const { jpeg, truth } = await renderStreetPhoto(wanted, how);
    const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const [x1, y1, x2, y2] = truth[0]?.box ?? [0, 0, 0, 0];
    // Mean colour within the box against that of the frame where the mask's box is.
    const inside = meanOf(data, info.width, [
      x1 * info.width,
      y1 * info.height,
      x2 * info.width,
      y2 * info.height,
    ]);
    const ids = [...frame.mask].flatMap((id, at) => (id === 1 ? [at] : []));
    const rows = ids.map((at) => Math.floor(at / frame.width));
    const box = [x1 * frame.width, Math.min(...rows), x2 * frame.width, Math.max(...rows) + 1] as const;
    const expected = meanOf(frame.rgb, frame.width, box);
    for (let k = 0; k < 3; k++)
      expect(Math.abs((inside[k] as number) - (expected[k] as number))).toBeLessThan(30);
    expect(info.width / info.height).toBeCloseTo(PHOTO_IN_APP.width, 1);
    expect((y2 - y1) * info.height).toBeCloseTo(Math.max(...rows) + 1 - Math.min(...rows), 0);
  });
});

function meanOf(
  rgb: Uint8Array,
  width: number,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): number[] {
  const sum = [0, 0, 0];
  let n = 0;
  for (let y = Math.round(y0); y < Math.round(y1); y++)
    for (let x = Math.round(x0); x < Math.round(x1); x++, n++)
      for (let k = 0; k < 3; k++) sum[k] = (sum[k] as number) + (rgb[(y * width + x) * 3 + k] as number);
  return sum.map((value) => value / Math.max(1, n));
}
