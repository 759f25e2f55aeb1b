import { letters } from '../label/lettering.ts';
import type { Random } from '../random.ts';

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

/** A social app's screen round a photo: bars above and below in a 1000 × 1780 field whose photo takes y 230 … 1290. */
export function screenOverlay(r: Random): { svg: string; photo: { top: number; height: number } } {
  const dark = r.chance(0.5);
  const [paper, print] = dark ? ['#121214', '#f3f3f3'] : ['#ffffff', '#1b1b1d'];
  const [name, caption] = [r.pick(NAMES), r.pick(CAPTIONS)];
  const heart = 'M0 34C-60-8-30-44 0-16C30-44 60-8 0 34Z';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1780" viewBox="0 0 1000 1780">
    <rect width="1000" height="230" fill="${paper}"/><rect y="1290" width="1000" height="490" fill="${paper}"/>
    ${letters(`${9 + r.int(12)}:${10 + r.int(49)}`, { face: 'plain', x: 60, y: 72, size: 44, fill: print })}
    <rect x="850" y="40" width="70" height="32" rx="8" fill="none" stroke="${print}" stroke-width="4"/><rect x="856" y="46" width="${r.between(16, 56)}" height="20" fill="${print}"/>
    <circle cx="90" cy="160" r="46" fill="hsl(${r.int(360)},60%,55%)"/>${letters(name, { face: face(name), x: 160, y: 176, size: 46, fill: print })}
    <g fill="${print}"><circle cx="890" cy="160" r="6"/><circle cx="915" cy="160" r="6"/><circle cx="940" cy="160" r="6"/></g>
    <path d="${heart}" transform="translate(80 1370)" fill="#e0245e"/><path d="M180 1345h70v50h-45l-25 22z" fill="none" stroke="${print}" stroke-width="6"/><path d="M320 1345l60 25-60 25 12-25z" fill="none" stroke="${print}" stroke-width="6"/>
    ${letters(`${(1 + r.int(90)) * 37} likes`, { face: 'plain', x: 50, y: 1490, size: 42, fill: print })}
    ${letters(caption, { face: face(caption), x: 50, y: 1560, size: 46, within: 860, fill: print })}
    <path d="M60 1690h56M260 1690h56M480 1690h56M680 1690h56M880 1690h56" stroke="${print}" stroke-width="14" stroke-linecap="round" opacity=".6"/>
    ${r.chance(0.5) ? `<g transform="translate(${r.between(120, 700)} ${r.between(300, 1150)})"><rect width="230" height="64" rx="32" fill="#000" opacity=".55"/><circle cx="34" cy="32" r="12" fill="#fff"/>${letters('tap to shop', { face: 'plain', x: 60, y: 46, size: 34, fill: '#fff' })}</g>` : ''}</svg>`;
  return { svg, photo: { top: 230 / 1780, height: 1060 / 1780 } };
}
