import { emblem } from '../label/emblem.ts';
import { mix, type Vec3 } from '../mesh/mesh.ts';
import { tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import { sleeveMesh, type TorsoShape, torsoMesh, torsoPoint } from './body-shape.ts';
import { type Blank, CLOTH, cloth, detailMark, type Look, seam } from './good.ts';

/** Summer, shift or maxi dress. */
export function buildDress(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const [summer, maxi] = [spec.style === 0, spec.style === 2];
  const hem = maxi ? 0.01 : mix(0.22, 0.1, a);
  const flare = summer ? mix(0.24, 0.33, b) : maxi ? mix(0.2, 0.28, b) : mix(0.15, 0.19, b);
  const shape: TorsoShape = {
    top: 1,
    hem,
    widths: [0.075, 0.155, 0.15, mix(0.105, 0.125, c), flare],
    depth: 0.115,
    waistAt: 0.4,
    dip: mix(0.04, 0.12, d),
    folds: Math.round(mix(7, 13, c)),
    fold: summer ? 0.09 : maxi ? 0.07 : 0.02,
    phase: d * 6,
  };
  const skin = { ...CLOTH, repeat: [22, 22] as const, lining: ink.linear('main', -0.2), sheen: 0.3 };
  const belt: Blank = {
    mesh: surface(
      (u, v) => {
        const [x, y, z] = torsoPoint(shape, u, 0.4);
        return [x * 1.03, y * 1.04, z + mix(0.016, -0.016, v)];
      },
      { nu: 60, nv: 2, flip: true },
    ),
    skin: { ...CLOTH, colour: ink.linear('accent') },
  };
  const sleeves =
    d > 0.45 || spec.style === 1
      ? ([1, -1] as const).map(
          (side): Blank => ({
            mesh: sleeveMesh(side, {
              shape,
              length: mix(0.18, 0.45, b),
              out: 0.45,
              wide: 0.064,
              cuff: spec.emblem % 2 ? 0.085 : 0.05,
              bend: 0.3,
            }),
            skin: { ...skin, repeat: [8, 8] },
            art: `${cloth(look, 0.8)}${seam('M0 940H1000', ink, 5)}`,
          }),
        )
      : [];
  const edge = tube(
    (t): Vec3 => torsoPoint(shape, t, 0.01),
    () => 0.007,
    { nu: 8, nv: 60 },
  );
  return [
    { mesh: torsoMesh(shape), skin: { ...skin, detail: [[0.53, 0.22, 0.63, 0.3]] }, art: bodyArt(look) },
    ...(spec.emblem % 2 || summer ? [belt] : []),
    ...sleeves,
    { mesh: edge, skin: { ...CLOTH, colour: ink.linear(spec.emblem % 3 ? 'main' : 'accent', -0.04) } },
  ];
}

function bodyArt(look: Look): string {
  const { ink, spec } = look;
  const trims = [
    `<rect y="925" width="1000" height="45" fill="${ink.second}"/>`,
    Array.from({ length: 25 }, (_, i) =>
      emblem(6 + (spec.emblem % 6), { x: 20 + i * 40, y: 940, size: 13, colour: ink.accent }),
    ).join(''),
    `<rect x="482" y="0" width="36" height="1000" fill="${ink.tone('main', -0.05)}"/>${Array.from({ length: 14 }, (_, i) => `<circle cx="500" cy="${80 + i * 66}" r="8" fill="${ink.accent}"/>`).join('')}`,
    `<rect y="620" width="1000" height="12" fill="${ink.accent}"/><rect y="780" width="1000" height="12" fill="${ink.accent}"/>`,
  ];
  return `${cloth(look, 0.9)}${trims[spec.emblem % 4]}${seam('M0 985H1000', ink, 3)}${seam('M250 100V1000', ink, 2)}${seam('M750 100V1000', ink, 2)}${detailMark(look, { x: 580, y: 260, size: 36, stretch: 0.75 })}`;
}
