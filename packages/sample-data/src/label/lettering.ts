/// <reference path="./opentype.d.ts" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Command, type Font } from 'opentype.js';
import { sfntOf } from './font-file.ts';

/**
 * Typefaces by use: outlines are read from the packages themselves, so that a bare machine without any font
 * prints the same letters as every other. All are under the SIL Open Font License.
 */
const FACES = {
  poster: '@fontsource/oswald/files/oswald-latin-600-normal.woff',
  plain: '@fontsource/oswald/files/oswald-latin-400-normal.woff',
  serif: '@fontsource/playfair-display/files/playfair-display-latin-700-normal.woff',
  script: '@fontsource/lobster/files/lobster-latin-400-normal.woff',
  brush: '@fontsource/ma-shan-zheng/files/ma-shan-zheng-chinese-simplified-400-normal.woff',
  block: '@fontsource/zcool-qingke-huangyou/files/zcool-qingke-huangyou-chinese-simplified-400-normal.woff',
} as const;
export type Face = keyof typeof FACES;

const require = createRequire(import.meta.url);
const opened = new Map<Face, Font>();

function fontOf(face: Face): Font {
  const known = opened.get(face);
  if (known) return known;
  // Outlines are read glyph by glyph: a label needs five of a typeface's twenty thousand.
  const font = opentype.parse(sfntOf(readFileSync(require.resolve(FACES[face]))), { lowMemory: true });
  opened.set(face, font);
  return font;
}

export type Lettering = {
  face: Face;
  x: number;
  y: number;
  size: number;
  fill: string;
  anchor?: 'start' | 'middle' | 'end';
  /** Narrows the text until it fits. */
  within?: number;
  extra?: string;
};

/** Text as SVG paths, glyph after glyph without shaping (labels need no ligatures): y is the baseline. */
export function letters(text: string, how: Lettering): string {
  const font = fontOf(how.face);
  const glyphs = [...text].map((char) => font.charToGlyph(char));
  const ems = glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) / font.unitsPerEm;
  const size = Math.min(how.size, (how.within ?? Number.POSITIVE_INFINITY) / Math.max(ems, 1e-6));
  const shift = how.anchor === 'middle' ? 0.5 : how.anchor === 'end' ? 1 : 0;
  let x = how.x - ems * size * shift;
  const paths = glyphs.map((glyph) => {
    const path = glyph.getPath(x, how.y, size).commands.map(drawn).join('');
    x += (glyph.advanceWidth / font.unitsPerEm) * size;
    return path;
  });
  return `<path d="${paths.join('')}" fill="${how.fill}" ${how.extra ?? ''}/>`;
}

/** One command as SVG; the library's own writer glues numbers together that round to −0. */
function drawn({ type, x1, y1, x2, y2, x, y }: Command): string {
  const numbers = [x1, y1, x2, y2, x, y].filter((value) => value !== undefined);
  return type + numbers.map((value) => value.toFixed(1)).join(' ');
}
