import { toHex } from '../colour.ts';
import type { Random } from '../random.ts';

export const PLACES = ['wood', 'wall', 'street', 'shelf', 'cloth', 'grass'] as const;

/** A cluttered background in a 1000 × 1000 field, never the same twice. */
export function drawScene(r: Random): string {
  const place = r.pick(PLACES);
  const tone = { h: r.between(15, 60), s: r.between(0.08, 0.35), l: r.between(0.3, 0.66) };
  const base = toHex(tone);
  const line = toHex({ ...tone, l: tone.l * 0.72 });
  const high = toHex({ ...tone, l: Math.min(0.9, tone.l * 1.25) });
  const rows = (step: number, draw: (at: number) => string): string =>
    Array.from({ length: Math.ceil(1000 / step) + 1 }, (_, i) => draw(i * step)).join('');
  const ground = `<rect width="1000" height="1000" fill="${base}"/>`;
  const things = clutter(r);
  switch (place) {
    case 'wood':
      return `${ground}${rows(130, (y) => `<rect y="${y}" width="1000" height="126" fill="${r.chance(0.5) ? high : base}" opacity=".8"/><path d="M0 ${y + 40}Q${r.between(200, 500)} ${y + r.between(10, 90)} 1000 ${y + 60}M0 ${y + 90}Q500 ${y + r.between(60, 120)} 1000 ${y + 84}" stroke="${line}" stroke-width="4" fill="none" opacity=".6"/>`)}${things}`;
    case 'wall':
      return `${ground}${rows(90, (y) => rows(190, (x) => `<rect x="${x + ((y / 90) % 2) * 95 - 95}" y="${y}" width="182" height="82" fill="${r.chance(0.4) ? high : line}" opacity=".45"/>`))}${things}`;
    case 'shelf':
      return `${ground}${rows(330, (y) => `<rect y="${y + 270}" width="1000" height="44" fill="${line}"/>${rows(150, (x) => `<rect x="${x + r.between(0, 30)}" y="${y + r.between(70, 150)}" width="${r.between(70, 120)}" height="${r.between(120, 200)}" rx="10" fill="${randomColour(r)}"/>`)}`)}`;
    case 'cloth':
      return `${ground}${rows(120, (x) => `<path d="M${x} 0Q${x + r.between(-120, 120)} 500 ${x + r.between(-60, 60)} 1000" stroke="${r.chance(0.5) ? line : high}" stroke-width="${r.between(18, 60)}" fill="none" opacity=".5"/>`)}${things}`;
    case 'grass':
      return `<rect width="1000" height="1000" fill="${toHex({ h: r.between(70, 120), s: 0.35, l: 0.34 })}"/>${Array.from({ length: 240 }, () => `<path d="M${r.between(0, 1000)} ${r.between(0, 1000)}l${r.between(-14, 14)} ${r.between(-46, -20)}" stroke="hsl(${Math.round(r.between(70, 120))},40%,${Math.round(r.between(20, 55))}%)" stroke-width="6"/>`).join('')}`;
    default:
      return `${ground}<path d="M0 420H1000V1000H0Z" fill="${line}"/><path d="M0 430H1000" stroke="${high}" stroke-width="14"/>${rows(220, (x) => `<rect x="${x}" y="${r.between(40, 160)}" width="150" height="${r.between(180, 300)}" fill="${randomColour(r)}" opacity=".6"/>`)}${things}`;
  }
}

function randomColour(r: Random): string {
  return toHex({ h: r.between(0, 360), s: r.between(0.1, 0.6), l: r.between(0.2, 0.8) });
}

/** Things that lie about: cups, papers, cables. */
function clutter(r: Random): string {
  return Array.from({ length: 2 + r.int(4) }, () => {
    const [x, y, size] = [r.between(0, 1000), r.between(0, 1000), r.between(50, 150)];
    const colour = randomColour(r);
    return r.pick([
      `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * 0.8}" fill="${colour}"/><ellipse cx="${x}" cy="${y}" rx="${size * 0.7}" ry="${size * 0.55}" fill="#3a2a1c" opacity=".7"/>`,
      `<rect x="${x}" y="${y}" width="${size * 1.6}" height="${size * 1.1}" fill="#f3efe6" transform="rotate(${r.between(-40, 40)} ${x} ${y})"/>`,
      `<path d="M${x} ${y}q${size} ${-size} ${size * 2} 0t${size * 2} 40" fill="none" stroke="${colour}" stroke-width="14"/>`,
    ]);
  }).join('');
}
