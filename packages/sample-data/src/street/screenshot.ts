import type { Box } from '@likeness/contracts/box';
import sharp from 'sharp';
import { letters } from '../label/lettering.ts';
import type { Random } from '../random.ts';
import type { Range } from './groups.ts';

const NAMES = ['mia.finds', 'old_town_style', 'kicks.daily', '小鹿买手', '街拍日记', 'marta.b'];
const CAPTIONS = [
  'where can I get this?',
  'found it on the way home',
  'need this in every colour',
  '求同款！',
  '今天的街拍',
  '请问在哪里买的',
];
const face = (text: string) => (/[\u4e00-\u9fff]/.test(text) ? 'block' : 'plain');

/** The app's screen: 1000 × 1780, the photo between its bars. */
const SCREEN = { width: 1000, height: 1780, top: 230, photo: 1060 };
/** Width of the photo over the screenshot's longer side, and the photo's width over its height. */
export const PHOTO_IN_APP = { width: SCREEN.width / SCREEN.height, ratio: SCREEN.width / SCREEN.photo };

/** A social app's screen round a photo; boxes of the photo become boxes of the screenshot. */
export async function inAnApp<T extends { box: Box }>(
  photo: Buffer,
  truth: readonly T[],
  how: { r: Random; frame: { width: number; height: number }; quality: Range },
): Promise<{ jpeg: Buffer; truth: T[] }> {
  const { r, frame, quality } = how;
  const { width, height: high } = frame;
  const height = Math.round((width * SCREEN.height) / SCREEN.width);
  const top = Math.min(height - high, Math.round((SCREEN.top / SCREEN.height) * height));
  const bars = screenBars(r);
  const drawn = (svg: string): Promise<Buffer> =>
    sharp(Buffer.from(svg)).resize(width, height, { fit: 'fill' }).png().toBuffer();
  const jpeg = await sharp(await drawn(bars.screen))
    .composite([
      { input: photo, left: 0, top },
      { input: await drawn(bars.over), left: 0, top: 0 },
    ])
    .removeAlpha()
    .jpeg({ quality: Math.round(r.between(...quality)) })
    .toBuffer();
  return {
    jpeg,
    truth: truth.map((each) => {
      const [x1, y1, x2, y2] = each.box;
      return { ...each, box: [x1, (top + y1 * high) / height, x2, (top + y2 * high) / height] as Box };
    }),
  };
}

/** What lies under the photo (bars, texts, icons) and over it (a tag, a counter of pictures). */
function screenBars(r: Random): { screen: string; over: string } {
  const dark = r.chance(0.5);
  const [paper, print] = dark ? ['#121214', '#f3f3f3'] : ['#ffffff', '#1b1b1d'];
  const [name, caption] = [r.pick(NAMES), r.pick(CAPTIONS)];
  const heart = 'M0 34C-60-8-30-44 0-16C30-44 60-8 0 34Z';
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1780" viewBox="0 0 1000 1780">`;
  const screen = `${open}<rect width="1000" height="1780" fill="${paper}"/>
    ${letters(`${9 + r.int(12)}:${10 + r.int(49)}`, { face: 'plain', x: 60, y: 72, size: 44, fill: print })}
    <rect x="850" y="40" width="70" height="32" rx="8" fill="none" stroke="${print}" stroke-width="4"/><rect x="856" y="46" width="${r.between(16, 56)}" height="20" fill="${print}"/>
    <path d="M760 72h10v-12h-10zM778 72h10v-20h-10zM796 72h10v-30h-10z" fill="${print}"/>
    <circle cx="90" cy="160" r="50" fill="#c9764a"/><circle cx="90" cy="160" r="43" fill="${r.pick(['#8d7a68', '#5f6f7c', '#a88f86', '#55604e'])}"/><circle cx="90" cy="148" r="16" fill="#e4d2c0"/><path d="M58 190a32 26 0 0 1 64 0z" fill="#e4d2c0"/>${letters(name, { face: face(name), x: 160, y: 176, size: 46, fill: print })}
    <g fill="${print}"><circle cx="890" cy="160" r="6"/><circle cx="915" cy="160" r="6"/><circle cx="940" cy="160" r="6"/></g>
    <path d="${heart}" transform="translate(80 1370)" fill="#e0245e"/><path d="M180 1345h70v50h-45l-25 22z" fill="none" stroke="${print}" stroke-width="6"/><path d="M320 1345l60 25-60 25 12-25z" fill="none" stroke="${print}" stroke-width="6"/><path d="M890 1340h44v62l-22-20-22 20z" fill="none" stroke="${print}" stroke-width="6"/>
    ${letters(`${(1 + r.int(90)) * 37} likes`, { face: 'plain', x: 50, y: 1490, size: 42, fill: print })}
    ${letters(caption, { face: face(caption), x: 50, y: 1560, size: 46, within: 860, fill: print })}
    ${letters(`${1 + r.int(22)} h`, { face: 'plain', x: 50, y: 1620, size: 34, fill: '#8b8b8f' })}
    <path d="M0 1665H1000" stroke="#8b8b8f" stroke-opacity=".4" stroke-width="2"/>
    <g fill="none" stroke="${print}" stroke-width="6"><path d="M70 1735v-34l30-26 30 26v34z"/><circle cx="294" cy="1704" r="22"/><path d="M311 1721l20 20"/><rect x="476" y="1680" width="50" height="50" rx="12"/><path d="M501 1692v26M488 1705h26"/><path d="${heart}" transform="translate(704 1712) scale(.72)"/><circle cx="908" cy="1706" r="26"/></g></svg>`;
  const tag = r.chance(0.6)
    ? `<g transform="translate(${r.pick([40, 690])} ${r.pick([256, 1196])})"><rect width="260" height="70" rx="35" fill="#000" opacity=".6"/><circle cx="38" cy="35" r="12" fill="#fff"/>${letters('tap to shop', { face: 'plain', x: 68, y: 50, size: 38, fill: '#fff' })}</g>`
    : '';
  const counter = r.chance(0.6)
    ? `<rect x="880" y="252" width="90" height="56" rx="28" fill="#000" opacity=".55"/>${letters(`1/${2 + r.int(6)}`, { face: 'plain', x: 925, y: 292, size: 34, fill: '#fff', anchor: 'middle' })}`
    : '';
  return { screen, over: `${open}${tag}${counter}</svg>` };
}
