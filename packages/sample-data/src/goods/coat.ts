import { mix, type Vec3 } from '../mesh/mesh.ts';
import { blob, tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import { sleeveMesh, type TorsoShape, torsoMesh, torsoPoint } from './body-shape.ts';
import { type Blank, BRASS, cloth, detailMark, type Look, SUEDE, seam, TWILL } from './good.ts';

/** Trench coat, puffer jacket or wool coat. */
export function buildCoat(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const puffer = spec.style === 1;
  const shape: TorsoShape = {
    top: 1,
    hem: puffer ? mix(0.32, 0.22, a) : mix(0.14, 0.0, a),
    widths: [0.085, 0.225, mix(0.22, 0.25, b), mix(0.19, 0.24, c), mix(0.225, 0.29, c)],
    depth: puffer ? 0.17 : 0.135,
    waistAt: 0.5,
    dip: 0.05,
    folds: 5,
    fold: puffer ? 0.01 : 0.035,
    phase: d * 6,
  };
  const body = puffer ? quilted(shape, Math.round(mix(6, 10, b))) : torsoMesh(shape);
  const skin = puffer
    ? {
        weave: 'canvas' as const,
        repeat: [30, 30] as const,
        depth: 0.05,
        rough: 0.38,
        gloss: 0.045,
        lining: ink.linear('second', -0.1),
      }
    : {
        ...(spec.style === 2 ? { ...SUEDE, repeat: [8, 8] as const } : TWILL),
        lining: ink.linear('second', -0.12),
      };
  const sleeve = {
    shape,
    length: 0.6,
    out: 0.3,
    wide: puffer ? 0.105 : 0.085,
    cuff: puffer ? 0.07 : 0.058,
    bend: 0.5,
  };
  const arms = ([1, -1] as const).map(
    (side): Blank => ({
      mesh: sleeveMesh(side, sleeve),
      skin: { ...skin, repeat: [8, 8] },
      art: `${cloth(look, 1.2)}${puffer ? quiltLines(12) : ''}<rect y="890" width="1000" height="36" fill="${ink.tone('main', -0.07)}"/>${seam('M0 885H1000', ink, 4)}`,
    }),
  );
  return [
    { mesh: body, skin: { ...skin, detail: [[0.56, 0.2, 0.66, 0.36]] }, art: bodyArt(look) },
    ...arms,
    ...collar(look, shape),
    ...fastening(look, shape),
  ];
}

const quiltLines = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `<rect y="${(i * 1000) / count - 5}" width="1000" height="10" fill="#000" opacity=".3"/>`,
  ).join('');

/** Chambers of down: a swelling between every two seams. */
function quilted(shape: TorsoShape, chambers: number) {
  return surface(
    (u, v) => {
      const [x, y, z] = torsoPoint(shape, u, v);
      const swell =
        1 + 0.075 * Math.abs(Math.sin(v * chambers * Math.PI)) ** 0.6 * Math.min(1, Math.max(0, v * 6));
      return [x * swell, y * swell, z];
    },
    { nu: 72, nv: 120, flip: true },
  );
}

function bodyArt(look: Look): string {
  const { spec, ink } = look;
  const puffer = spec.style === 1;
  const pocket = (x: number): string =>
    puffer
      ? `<path d="M${x} 620l40 150" stroke="#222" stroke-width="14"/><path d="M${x} 620l40 150" stroke="#bbb" stroke-width="5" stroke-dasharray="7 5"/>`
      : `<rect x="${x - 48}" y="585" width="96" height="36" rx="5" fill="${ink.tone('main', -0.06)}" stroke="#000" stroke-opacity=".35" stroke-width="3"/>${seam(`M${x - 48} 625V750H${x + 48}V625`, ink, 3)}`;
  const front = puffer
    ? `<rect x="490" width="20" height="1000" fill="#26262a"/><path d="M500 0V1000" stroke="#c7c7c7" stroke-width="9" stroke-dasharray="7 5"/>`
    : `<path d="M538 0V1000" stroke="#000" stroke-opacity=".5" stroke-width="5"/>${seam('M548 0V1000', ink, 3)}`;
  return `${cloth(look, 1.2)}${puffer ? quiltLines(Math.round(mix(6, 10, spec.shape[1]))) : ''}${front}${pocket(385)}${pocket(puffer ? 600 : 640)}${detailMark(look, { x: 610, y: 280, size: 40, stretch: 0.85 })}`;
}

/** Lapels for coats, a padded tube for the puffer. */
function collar(look: Look, shape: TorsoShape): Blank[] {
  const { spec, ink } = look;
  const ring = (t: number): Vec3 => torsoPoint(shape, t, 0.015);
  if (spec.style === 1)
    return [0, 0.035].map((lift) => ({
      mesh: tube(
        (t) => {
          const [x, y, z] = ring(t);
          return [x * 1.08, y * 1.08, z + lift + 0.015];
        },
        () => 0.03,
        { nu: 14, nv: 60 },
      ),
      skin: { rough: 0.38, gloss: 0.045, colour: ink.linear(lift ? 'second' : 'main') },
    }));
  const lapel = (side: 1 | -1): Blank => ({
    mesh: surface(
      (u, v) => {
        const down = 0.02 + v * mix(0.26, 0.36, spec.shape[3]);
        const out = u * (0.07 * Math.sin(Math.PI * Math.min(1, 0.15 + v * 0.85)) + 0.01);
        const [x, y, z] = torsoPoint(shape, 0.5 + side * (0.004 + 0.035 * (1 - v) + out), down);
        return [x, y * 1.05 - 0.012 * Math.sin(u * Math.PI * 0.6) - 0.004, z];
      },
      { nu: 8, nv: 24, flip: side > 0 },
    ),
    skin: {
      ...TWILL,
      repeat: [4, 6],
      colour: ink.linear('second', spec.style === 2 ? -0.02 : 0),
      lining: ink.linear('second', -0.02),
    },
  });
  const stand = surface(
    (u, v) => {
      const [x, y, z] = ring((0.56 + u * 0.88) % 1);
      return [
        x * (1.05 + 0.35 * v * v),
        y * (1.05 + 0.3 * v * v),
        z + 0.045 * Math.sin(Math.PI * (0.35 + v * 0.65)) - 0.05 * v,
      ];
    },
    { nu: 50, nv: 8, flip: true },
  );
  return [
    lapel(1),
    lapel(-1),
    {
      mesh: stand,
      skin: { ...TWILL, repeat: [10, 2], colour: ink.linear('second'), lining: ink.linear('second', -0.02) },
    },
  ];
}

/** Buttons in one row or two, and a belt round trench coats. */
function fastening(look: Look, shape: TorsoShape): Blank[] {
  const { spec, ink } = look;
  if (spec.style === 1) return [];
  const rows = spec.emblem % 2 ? [0.46, 0.54] : [0.52];
  const metal = spec.emblem % 3 === 0;
  const buttons = rows.flatMap((u) =>
    [0.4, 0.5, 0.6, 0.7].map((v): Blank => {
      const [x, y, z] = torsoPoint(shape, u, v);
      return {
        mesh: blob([x, y - 0.004, z], [0.014, 0.008, 0.014], 1, { nu: 16, nv: 10 }),
        skin: metal ? BRASS : { rough: 0.3, gloss: 0.05, colour: ink.linear('accent', -0.1) },
      };
    }),
  );
  if (spec.style !== 0) return buttons;
  const belt = surface(
    (u, v) => {
      const [x, y, z] = torsoPoint(shape, u, 0.5);
      return [x * 1.035, y * 1.05, z + mix(0.022, -0.022, v)];
    },
    { nu: 64, nv: 2, flip: true },
  );
  const buckle = tube(
    (t): Vec3 => {
      const [x, y, z] = torsoPoint(shape, 0.5, 0.5);
      const q = t * Math.PI * 2;
      return [x + 0.036 * Math.cos(q), y * 1.05 - 0.014, z + 0.032 * Math.sin(q)];
    },
    () => 0.007,
    { nu: 8, nv: 28 },
  );
  return [
    ...buttons,
    { mesh: belt, skin: { ...TWILL, repeat: [20, 1], colour: ink.linear('main', -0.04) } },
    { mesh: buckle, skin: metal ? BRASS : { rough: 0.3, gloss: 0.05, colour: ink.linear('accent', -0.1) } },
  ];
}
