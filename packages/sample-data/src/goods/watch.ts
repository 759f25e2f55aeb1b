import { BRANDS } from '../catalog/kinds.ts';
import { emblem } from '../label/emblem.ts';
import { letters } from '../label/lettering.ts';
import { mix, type Vec3 } from '../mesh/mesh.ts';
import { blob, painted } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import { type Blank, BRASS, CLOTH, LEATHER, type Look, PLASTIC, printOn, STEEL, seam } from './good.ts';

const TURN = Math.PI * 2;
const MIDDLE = 0.5;
/** A dial without colour. */
const PALE = '#f3efe4';

/** Field watch, diver or dress watch: the dial looks at the camera, the strap is closed behind it. */
export function buildWatch(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const r = mix(0.17, 0.23, a);
  const square = spec.style === 2 && b > 0.6 ? 0.3 : 1;
  const metal = d > 0.6 ? BRASS : d > 0.5 ? { ...STEEL, colour: [0.09, 0.09, 0.1] as const } : STEEL;
  const ring = (v: readonly (readonly [number, number])[], flip = true) =>
    surface(
      (u, t) => {
        const i = Math.min(v.length - 2, Math.max(0, Math.floor(t * (v.length - 1))));
        const [p, q] = [v[i] as readonly [number, number], v[i + 1] as readonly [number, number]];
        const k = t * (v.length - 1) - i;
        const [radius, y] = [mix(p[0], q[0], k), mix(p[1], q[1], k)];
        const angle = Math.PI / 2 + u * TURN;
        const power = (x: number): number => Math.sign(x) * Math.abs(x) ** square;
        return [
          power(Math.cos(angle)) * radius,
          y,
          MIDDLE + power(Math.sin(angle)) * radius * (square < 1 ? 1.2 : 1),
        ];
      },
      { nu: 72, nv: 24, flip },
    );
  const face = painted(
    ring(
      [
        [r * 0.86, -0.075],
        [0.001, -0.075],
      ],
      false,
    ),
    (x, _y, z) => [0.5 + x / (2 * r), 0.5 - (z - MIDDLE) / (2 * r * (square < 1 ? 1.2 : 1))],
  );
  const bezel = spec.style === 1 ? { ...PLASTIC, colour: ink.linear('second', -0.05) } : metal;
  return [
    {
      mesh: strap(r, mix(0.62, 0.78, b)),
      skin: hasMetalStrap(look)
        ? { ...metal, weave: 'brick', repeat: [2, 14], depth: 0.5, grime: 0.5 }
        : { ...(spec.emblem % 3 === 1 ? LEATHER : CLOTH), repeat: [3, 16] },
      ...(hasMetalStrap(look) ? {} : { art: strapArt(look) }),
    },
    {
      mesh: ring(
        [
          [r * 0.9, 0.03],
          [r, 0.01],
          [r, -0.05],
          [r * 0.96, -0.08],
          [r * 0.86, -0.083],
          [r * 0.85, -0.072],
        ],
        false,
      ),
      skin: metal,
    },
    ...(spec.style === 1
      ? [
          {
            mesh: ring(
              [
                [r * 1.03, -0.05],
                [r * 1.04, -0.075],
                [r * 0.9, -0.095],
                [r * 0.86, -0.08],
              ],
              false,
            ),
            skin: bezel,
          },
        ]
      : []),
    {
      mesh: face,
      skin: { rough: 0.3, gloss: 0.06, detail: [[0.41, 0.595, 0.59, 0.765]] },
      art: dialArt(look),
    },
    { mesh: blob([r * 1.07, -0.02, MIDDLE], [0.03, 0.024, 0.026], 0.5), skin: metal },
    ...(c > 0.5
      ? [0.11, -0.11].map((z) => ({
          mesh: blob([r * 0.98, -0.02, MIDDLE + z] as Vec3, [0.026, 0.015, 0.016], 0.5),
          skin: metal,
        }))
      : []),
  ];
}

const hasMetalStrap = ({ spec }: Look): boolean => spec.emblem % 3 === 0;

/** A band that leaves the case above and below and closes behind: an ellipse seen from the side. */
function strap(r: number, height: number) {
  return surface(
    (u, v) => {
      const angle = -Math.PI / 2 - 0.1 - v * (TURN - 0.2) + Math.PI;
      const wide = r * mix(0.62, 0.5, Math.abs(2 * v - 1) < 0.8 ? 1 - Math.abs(2 * v - 1) : 0);
      const along = angle + Math.PI;
      return [
        mix(-1, 1, u) * wide,
        0.27 + Math.sin(along - Math.PI / 2) * -0.27 * Math.cos(0) * 1,
        MIDDLE + Math.cos(along - Math.PI / 2) * (height / 2),
      ] as Vec3;
    },
    { nu: 6, nv: 90 },
  );
}

function strapArt(look: Look): string {
  const { ink } = look;
  const holes = Array.from(
    { length: 7 },
    (_, i) => `<ellipse cx="500" cy="${330 - i * 28}" rx="45" ry="6" fill="#111"/>`,
  ).join('');
  return `<rect width="1000" height="1000" fill="${ink.main}"/>${seam('M90 0V1000', ink, 24)}${seam('M890 0V1000', ink, 24)}${look.spec.emblem % 2 ? `<rect x="400" width="200" height="1000" fill="${ink.second}"/>` : ''}${holes}`;
}

/** Dial: minutes, hours as bars, figures or dots, hands at ten past ten; siblings differ in the small mark below the middle. */
function dialArt(look: Look): string {
  const { spec, ink } = look;
  // Where the strap is metal the dial alone can show which of the watch's colours this is.
  const coloured = spec.shape[2] > 0.4 || hasMetalStrap(look);
  const ground = coloured ? ink.main : PALE;
  const print = printOn(ground);
  const brand = BRANDS[spec.brand] ?? BRANDS[0];
  const at = (hour: number, radius: number): [number, number] => [
    500 + radius * Math.sin((hour * TURN) / 12),
    500 - radius * Math.cos((hour * TURN) / 12),
  ];
  const minutes = Array.from(
    { length: 60 },
    (_, i) =>
      `<path d="M500 92V${i % 5 ? 108 : 120}" stroke="${print}" stroke-width="${i % 5 ? 4 : 9}" transform="rotate(${i * 6} 500 500)"/>`,
  ).join('');
  const hours = Array.from({ length: 12 }, (_, i) => {
    const [x, y] = at(i + 1, 320);
    if (spec.style === 0)
      return letters(String(i + 1), { face: 'plain', x, y: y + 32, size: 84, fill: print, anchor: 'middle' });
    if (spec.style === 1) return `<circle cx="${x}" cy="${y}" r="${(i + 1) % 3 ? 24 : 34}" fill="#dff2cf"/>`;
    return `<path d="M500 130V210" stroke="${ink.accent}" stroke-width="14" transform="rotate(${(i + 1) * 30} 500 500)"/>`;
  }).join('');
  const hand = (turn: number, length: number, wide: number): string =>
    `<path d="M${500 - wide} 545L${500 - wide * 0.6} ${500 - length}L500 ${500 - length - 22}L${500 + wide * 0.6} ${500 - length}L${500 + wide} 545Z" fill="${print}" stroke="#000" stroke-opacity=".3" stroke-width="3" transform="rotate(${turn} 500 500)"/>`;
  return `<rect width="1000" height="1000" fill="${ground}"/><circle cx="500" cy="500" r="425" fill="none" stroke="${ink.tone('second', 0)}" stroke-width="${spec.emblem % 2 ? 30 : 0}"/>${minutes}${hours}
    ${letters(brand.name, { face: brand.face, x: 500, y: 360, size: 62, within: 250, fill: print, anchor: 'middle' })}
    ${emblem(spec.detail, { x: 500, y: 680, size: 82, colour: ink.against(ground), ground })}
    ${hand(305, 220, 20)}${hand(60, 310, 15)}<path d="M500 570V170" stroke="${ink.accent}" stroke-width="6" transform="rotate(210 500 500)"/><circle cx="500" cy="500" r="22" fill="${print}"/>`;
}
