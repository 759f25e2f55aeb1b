import sharp from 'sharp';

/** Goods that tests draw: a shape of one colour on a light ground; `variant` moves and turns it a little. */
export function drawGood(colour: string, variant = 0): Promise<Buffer> {
  const turn = variant * 7;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="#f4f2ee"/>
    <g transform="rotate(${turn} 200 200) translate(${variant * 6} 0)"><ellipse cx="200" cy="215" rx="120" ry="75" fill="${colour}"/>
    <rect x="170" y="115" width="60" height="70" rx="8" fill="${colour}" stroke="#222" stroke-width="6"/></g></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

export const COLOURS = {
  red: '#c22525',
  green: '#1f8a3b',
  blue: '#1d4fb8',
  gold: '#c79a16',
  violet: '#7d2fa8',
  teal: '#0d8f8f',
} as const;
