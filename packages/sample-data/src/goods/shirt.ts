import { BRANDS } from '../catalog/kinds.ts';
import { emblem } from '../label/emblem.ts';
import { letters } from '../label/lettering.ts';
import { mix, type Vec3 } from '../mesh/mesh.ts';
import { blob, tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import { sleeveMesh, type TorsoShape, torsoMesh, torsoPoint } from './body-shape.ts';
import { type Blank, CLOTH, cloth, detailMark, KNIT, type Look, seam } from './good.ts';

/** T-shirt, polo or sweatshirt, on an unseen body. */
export function buildShirt(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const sweat = spec.style === 2;
  const shape: TorsoShape = {
    top: 1,
    hem: mix(0.2, 0.08, a),
    widths: [0.1, 0.27, mix(0.25, 0.3, b), mix(0.235, 0.29, b), mix(0.235, 0.3, b)],
    depth: 0.15,
    waistAt: 0.55,
    dip: spec.style === 0 ? mix(0.045, 0.11, c) : 0.035,
    folds: 6,
    fold: sweat ? 0.015 : 0.03,
    phase: d * 6,
  };
  const skin = { ...(sweat ? KNIT : CLOTH), lining: ink.linear('main', -0.18) };
  const sleeve = {
    shape,
    length: sweat ? mix(0.62, 0.7, d) : mix(0.26, 0.36, d),
    out: sweat ? 0.34 : 0.6,
    wide: mix(0.1, 0.12, b),
    cuff: sweat ? 0.062 : mix(0.085, 0.105, b),
    bend: sweat ? 0.6 : 0,
  };
  const arm = sleeveArt(look, sweat);
  return [
    { mesh: torsoMesh(shape), skin: { ...skin, detail: [[0.553, 0.242, 0.637, 0.338]] }, art: bodyArt(look) },
    ...([1, -1] as const).map((side) => ({
      mesh: sleeveMesh(side, sleeve),
      skin: { ...skin, repeat: [7, 7] as const },
      art: arm,
    })),
    ...neckline(look, shape),
  ];
}

function bodyArt(look: Look): string {
  const { spec, ink } = look;
  const brand = BRANDS[spec.brand] ?? BRANDS[0];
  const print =
    spec.style === 1
      ? ''
      : [
          letters(brand.name, {
            face: brand.face,
            x: 500,
            y: 400,
            size: 84,
            within: 250,
            fill: ink.accent,
            anchor: 'middle',
          }),
          emblem(6 + (spec.emblem % 6), { x: 500, y: 430, size: 85, stretch: 1.15, colour: ink.accent }),
          letters(brand.zh, { face: 'brush', x: 500, y: 460, size: 130, fill: ink.accent, anchor: 'middle' }),
          `<rect x="240" y="330" width="520" height="150" fill="${ink.second}"/>`,
          '',
        ][spec.emblem % 5];
  const rib =
    spec.style === 2
      ? `<rect y="930" width="1000" height="70" fill="${ink.tone('second', -0.05)}"/>${Array.from({ length: 100 }, (_, i) => `<path d="M${i * 10} 930V1000" stroke="#000" stroke-opacity=".18" stroke-width="3"/>`).join('')}`
      : seam('M0 965H1000', ink, 3);
  const placket =
    spec.style === 1
      ? `<rect x="478" y="20" width="44" height="300" fill="${ink.tone('main', -0.05)}"/>${seam('M478 20V320H522V20', ink, 3)}`
      : '';
  // The sibling's mark sits on the wearer's left breast.
  return `${cloth(look)}${rib}${placket}${print}${seam('M250 150V1000', ink, 2)}${seam('M750 150V1000', ink, 2)}${detailMark(look, { x: 595, y: 290, size: 38, stretch: 1.1 })}`;
}

const sleeveArt = (look: Look, sweat: boolean): string =>
  `${cloth(look)}<rect y="${sweat ? 900 : 955}" width="1000" height="100" fill="${look.ink.tone(sweat ? 'second' : 'main', -0.05)}"/>${seam(`M0 ${sweat ? 895 : 950}H1000`, look.ink, 4)}`;

function neckline(look: Look, shape: TorsoShape): Blank[] {
  const { spec, ink } = look;
  const ring = (t: number): Vec3 => torsoPoint(shape, t, 0.012);
  const skin = {
    ...KNIT,
    repeat: [4, 20] as const,
    colour: ink.linear(spec.shape[3] > 0.5 ? 'second' : 'main', -0.03),
  };
  if (spec.style !== 1) return [{ mesh: tube(ring, () => 0.0165, { nu: 10, nv: 60 }), skin }];
  const fold = surface(
    (u, v) => {
      // Open in front: from the middle round the neck and back to the middle.
      const t = 0.5 + 0.03 + u * 0.94;
      const [x, y, z] = ring(t % 1);
      const spread = Math.sin(Math.PI * v * 0.5);
      const point = 1 + 0.9 * Math.abs(2 * u - 1) ** 6;
      return [
        x * (1 + 0.42 * spread),
        y * (1 + 0.35 * spread) - 0.004,
        z + 0.04 * Math.sin(Math.PI * Math.min(1, v * 1.1)) - 0.055 * v * point,
      ];
    },
    { nu: 60, nv: 8, flip: true },
  );
  const buttons = [0.05, 0.13, 0.21].map(
    (v): Blank => ({
      mesh: blob(torsoPoint(shape, 0.5, 0.06 + v), [0.011, 0.006, 0.011]),
      skin: { colour: [0.85, 0.83, 0.78], rough: 0.3, gloss: 0.05 },
    }),
  );
  return [
    {
      mesh: fold,
      skin: {
        ...CLOTH,
        colour: ink.linear(spec.shape[3] > 0.5 ? 'second' : 'main', 0.02),
        lining: ink.linear('main', -0.1),
      },
    },
    ...buttons,
  ];
}
