import type { Box } from '@likeness/contracts/box';
import sharp from 'sharp';
import { drawGood } from '../goods/draw-good.ts';
import type { ProductSpec } from '../product-spec.ts';
import { Random } from '../random.ts';
import { drawScene } from './scene.ts';

/** What makes a street photo hard; each is a group of the evaluation. */
export const STREET_GROUPS = [
  'plain',
  'rotated',
  'upside_down',
  'side_light',
  'blur',
  'occluded',
  'screenshot',
  'several',
  'none',
] as const;
export type StreetGroup = (typeof STREET_GROUPS)[number];

export type StreetPhoto = {
  jpeg: Buffer;
  width: number;
  height: number;
  /** Products in the picture with their boxes, the wanted one first; empty for `none`. */
  truth: { productId: string; box: Box }[];
};

type Placed = { fragment: string; box: Box };
const [WIDTH, HEIGHT] = [1000, 1000];

/** A street photo of a product: its own scene, angle, light, noise. The same input gives the same bytes. */
export async function renderStreetPhoto(
  spec: ProductSpec,
  how: { others: readonly ProductSpec[]; group: StreetGroup; shot: number; size: number },
): Promise<StreetPhoto> {
  const r = new Random('street', spec.productId, how.group, how.shot);
  const goods =
    how.group === 'none' ? [] : how.group === 'several' ? [spec, ...how.others.slice(0, 2)] : [spec];
  const placed = goods.map((good, i) => place(good, { r, group: how.group, slot: i, slots: goods.length }));
  const drawings = goods.map((good, i) => drawGood(good, `s${i}`));
  const light = lightOver(r, how.group);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${how.size}" height="${how.size}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>${light.defs}<radialGradient id="drop"><stop offset="0" stop-color="#000" stop-opacity=".5"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient>${drawings.map((each) => each.defs).join('')}</defs>${drawScene(r)}${placed
    .map((each) => each.fragment)
    .toReversed()
    .join(
      '',
    )}${how.group === 'occluded' ? hand(r, placed[0]?.box) : ''}${light.body}${how.group === 'screenshot' ? bars(r) : ''}</svg>`;
  const jpeg = await photograph(svg, { r, group: how.group, size: how.size });
  return {
    jpeg,
    width: how.size,
    height: how.size,
    truth: goods.map((good, i) => ({ productId: good.productId, box: (placed[i] as Placed).box })),
  };
}

function place(
  spec: ProductSpec,
  how: { r: Random; group: StreetGroup; slot: number; slots: number },
): Placed {
  const { r, group } = how;
  const scale = how.slots > 1 ? r.between(0.36, 0.44) : r.between(0.48, 0.72);
  const turn =
    group === 'upside_down'
      ? 180 + r.between(-20, 20)
      : group === 'rotated'
        ? r.between(30, 150) * (r.chance(0.5) ? 1 : -1)
        : r.between(-14, 14);
  const [cx, cy] =
    how.slots > 1 ? [200 + how.slot * 300, r.between(300, 700)] : [r.between(380, 620), r.between(400, 600)];
  const skew = r.between(-12, 12);
  const { body, bounds } = drawGood(spec, `s${how.slot}`);
  const mirror = r.chance(0.3) ? -1 : 1;
  const middle = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2] as const;
  const transform = `translate(${cx} ${cy}) rotate(${turn}) skewX(${skew}) scale(${scale * mirror} ${scale}) translate(${-middle[0]} ${-middle[1]})`;
  const box = boundsOf(bounds, { cx, cy, turn, skew, scale, mirror, middle });
  const shadow = `<ellipse cx="${cx + 14}" cy="${cy + scale * (bounds[3] - middle[1])}" rx="${scale * (bounds[2] - bounds[0]) * 0.5}" ry="${scale * 90}" fill="url(#drop)"/>`;
  return { fragment: `${shadow}<g transform="${transform}">${body}</g>`, box };
}

type Pose = {
  cx: number;
  cy: number;
  turn: number;
  skew: number;
  scale: number;
  mirror: number;
  middle: readonly [number, number];
};

/** The upright box round the turned corners, as fractions. */
function boundsOf(bounds: readonly [number, number, number, number], pose: Pose): Box {
  const angle = (pose.turn * Math.PI) / 180;
  const tangent = Math.tan((pose.skew * Math.PI) / 180);
  const corners = [0, 2].flatMap((i) =>
    [1, 3].map((j) => {
      const y = ((bounds[j] as number) - pose.middle[1]) * pose.scale;
      const x = ((bounds[i] as number) - pose.middle[0]) * pose.scale * pose.mirror + y * tangent;
      return [
        pose.cx + x * Math.cos(angle) - y * Math.sin(angle),
        pose.cy + x * Math.sin(angle) + y * Math.cos(angle),
      ] as const;
    }),
  );
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const [xs, ys] = [corners.map(([x]) => x / WIDTH), corners.map(([, y]) => y / HEIGHT)];
  return [clamp(Math.min(...xs)), clamp(Math.min(...ys)), clamp(Math.max(...xs)), clamp(Math.max(...ys))];
}

function lightOver(r: Random, group: StreetGroup): { defs: string; body: string } {
  const strength = group === 'side_light' ? r.between(0.55, 0.75) : r.between(0.08, 0.3);
  const right = r.chance(0.5);
  const tint = r.pick(['#ffb46b', '#9fc4ff', '#ffffff', '#ffd9a8']);
  const defs = `<linearGradient id="sun" x1="${right ? 1 : 0}" x2="${right ? 0 : 1}"><stop offset="0" stop-color="${tint}" stop-opacity="${strength * 0.7}"/><stop offset=".45" stop-color="${tint}" stop-opacity=".05"/><stop offset="1" stop-color="#05070d" stop-opacity="${strength}"/></linearGradient>`;
  return { defs, body: `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sun)"/>` };
}

/** Fingers over a corner of the product. */
function hand(r: Random, box: Box | undefined): string {
  if (!box) return '';
  const skin = r.pick(['#e8b996', '#c98d64', '#8d5a3b', '#f0cdb0']);
  const [x, y] = [
    box[0] * WIDTH + r.between(0, 80),
    (box[1] + (box[3] - box[1]) * r.between(0.5, 0.8)) * HEIGHT,
  ];
  const size = (box[2] - box[0]) * WIDTH * 0.4;
  return Array.from(
    { length: 4 },
    (_, i) =>
      `<rect x="${x - 60}" y="${y + i * size * 0.3}" width="${size + i * 8}" height="${size * 0.26}" rx="${size * 0.13}" fill="${skin}" stroke="#000" stroke-opacity=".25" stroke-width="3" transform="rotate(${-14 + i * 4} ${x} ${y})"/>`,
  ).join('');
}

/** The bars of a social app round the picture. */
function bars(r: Random): string {
  const dark = r.chance(0.5);
  const [bg, fg] = dark ? ['#0c0c0e', '#fff'] : ['#fff', '#111'];
  const icons = [90, 220, 350, 900]
    .map((x) => `<circle cx="${x}" cy="905" r="26" fill="none" stroke="${fg}" stroke-width="9"/>`)
    .join('');
  return `<rect width="1000" height="120" fill="${bg}"/><circle cx="80" cy="62" r="36" fill="hsl(${r.int(360)},60%,55%)"/><rect x="140" y="42" width="${r.between(180, 320)}" height="20" rx="8" fill="${fg}"/><rect x="140" y="74" width="150" height="14" rx="6" fill="${fg}" opacity=".5"/><rect y="850" width="1000" height="150" fill="${bg}"/>${icons}<rect x="60" y="954" width="${r.between(300, 700)}" height="18" rx="8" fill="${fg}" opacity=".7"/>`;
}

/** Lens, sensor and JPEG. */
async function photograph(
  svg: string,
  how: { r: Random; group: StreetGroup; size: number },
): Promise<Buffer> {
  const { r, group, size } = how;
  const noise = Buffer.alloc(size * size * 3);
  const grain = new Random('grain', r.next());
  const amount = r.between(4, 14);
  for (let i = 0; i < noise.length; i += 3) {
    const value = 128 + (grain.next() - 0.5) * 2 * amount;
    noise[i] = noise[i + 1] = noise[i + 2] = value;
  }
  const blur = group === 'blur' ? r.between(2.2, 4) : r.between(0.4, 0.9);
  const lens = sharp(Buffer.from(svg))
    .removeAlpha()
    .modulate({
      brightness: r.between(0.82, 1.16),
      saturation: r.between(0.7, 1.15),
      hue: Math.round(r.between(-8, 8)),
    });
  const sensor = await lens
    .blur(blur)
    .composite([{ input: noise, raw: { width: size, height: size, channels: 3 }, blend: 'overlay' }])
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = sensor.info;
  return sharp(sensor.data, { raw: { width, height, channels } })
    .removeAlpha()
    .jpeg({ quality: Math.round(r.between(48, 82)) })
    .toBuffer();
}
