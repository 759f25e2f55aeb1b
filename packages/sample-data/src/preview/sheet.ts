import type { Box } from '@likeness/contracts/box';
import sharp, { type OverlayOptions } from 'sharp';
import { type Face, letters } from '../label/lettering.ts';

export type Caption = { text: string; face: Face; size: number; fill: string };
export type Tile = { file: string; captions: readonly Caption[]; boxes?: readonly Box[] };
export type Sheet = {
  title: string;
  subtitle: string;
  columns: number;
  /** Side of a tile's picture, px. */
  side: number;
  /** `null` leaves a place empty. */
  tiles: readonly (Tile | null)[];
};

export const INK = { strong: '#211c17', soft: '#7a7067', paper: '#f3efe8', card: '#ffffff', mark: '#e4572e' };
const MARGIN = 36;
const GAP = 18;
const HEAD = 112;
const LINE = 23;
const RADIUS = 14;
const QUALITY = 86;

/** A contact sheet as JPEG: pictures on white cards with their captions below, letters drawn as outlines. */
export async function drawSheet(sheet: Sheet): Promise<Buffer> {
  const { columns, side, tiles } = sheet;
  const lines = Math.max(0, ...tiles.map((tile) => tile?.captions.length ?? 0));
  const step = { x: side + GAP, y: side + lines * LINE + 16 + GAP };
  const rows = Math.ceil(tiles.length / columns);
  const width = 2 * MARGIN + columns * step.x - GAP;
  const height = HEAD + rows * step.y + MARGIN - GAP;
  const at = (i: number) => ({
    x: MARGIN + (i % columns) * step.x,
    y: HEAD + Math.floor(i / columns) * step.y,
  });
  const cards = tiles.map((tile, i) => (tile ? card(tile, { ...at(i), side, high: step.y - GAP }) : ''));
  const head = `${letters(sheet.title, { face: 'serif', x: MARGIN, y: 62, size: 38, fill: INK.strong })}${letters(sheet.subtitle, { face: 'plain', x: MARGIN, y: 92, size: 18, fill: INK.soft, within: width - 2 * MARGIN })}`;
  const ground = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${INK.paper}"/>${head}${cards.join('')}</svg>`;
  const pictures: OverlayOptions[] = [];
  for (const [i, tile] of tiles.entries())
    if (tile) pictures.push({ input: await thumbnail(tile, side), left: at(i).x, top: at(i).y });
  return sharp(Buffer.from(ground)).composite(pictures).flatten().jpeg({ quality: QUALITY }).toBuffer();
}

function card(tile: Tile, place: { x: number; y: number; side: number; high: number }): string {
  const { x, y, side, high } = place;
  const captions = tile.captions.map(({ text, ...how }, i) =>
    letters(text, { ...how, x: x + 12, y: y + side + 24 + i * LINE, within: side - 24 }),
  );
  return `<rect x="${x}" y="${y}" width="${side}" height="${high}" rx="${RADIUS}" fill="${INK.card}"/>${captions.join('')}`;
}

/** The picture whole in a square with round upper corners, its boxes marked. */
async function thumbnail(tile: Tile, side: number): Promise<Buffer> {
  const { width = 1, height = 1 } = await sharp(tile.file).metadata();
  const scale = side / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  const [left, top] = [(side - wide) / 2, (side - high) / 2];
  const boxes = (tile.boxes ?? []).map(
    ([x1, y1, x2, y2], i) =>
      `<rect x="${left + x1 * wide}" y="${top + y1 * high}" width="${(x2 - x1) * wide}" height="${(y2 - y1) * high}" fill="none" stroke="${i === 0 ? INK.mark : '#ffffff'}" stroke-width="2.5" rx="3"/>`,
  );
  const svg = (inside: string): Buffer =>
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${inside}</svg>`);
  return sharp(tile.file)
    .resize(side, side, { fit: 'contain', background: '#e9e4db' })
    .composite([
      { input: svg(boxes.join('')) },
      {
        input: svg(
          `<path d="M0 ${side}V${RADIUS}Q0 0 ${RADIUS} 0H${side - RADIUS}Q${side} 0 ${side} ${RADIUS}V${side}Z"/>`,
        ),
        blend: 'dest-in',
      },
    ])
    .png({ compressionLevel: 1 })
    .toBuffer();
}
