import type { Good } from '../goods/build-good.ts';
import { sizeOf, standing } from '../goods/stand.ts';
import { add, times, type Vec3 } from '../mesh/mesh.ts';
import { here, moved, type Placement } from '../mesh/place.ts';
import { sheet } from '../mesh/shapes.ts';
import { Random } from '../random.ts';
import { type Frame, render } from '../render/render.ts';
import type { Camera, Lighting } from '../render/scene.ts';
import { PLAIN } from '../render/skin.ts';
import { frameGood } from './framing.ts';

export const VIEWS = ['front', 'three-quarter', 'detail', 'back', 'side'] as const;
export type View = (typeof VIEWS)[number];

const DEGREE = Math.PI / 180;
const YAW: Record<View, number> = { front: 0, 'three-quarter': 36, detail: 14, back: 180, side: 88 };
const GROUND = sheet([-5, 5, 0], [10, 0, 0], [0, -10, 0], 40);
const FOCAL = 3;

/**
 * A catalogue picture in the studio: one large soft lamp, a bright rim, a clean ground. Everything but the good itself
 * depends on its family alone, so that siblings can be compared pixel by pixel.
 */
export function renderCatalogPicture(good: Good, view: View, size: number): Frame {
  const r = new Random('studio', good.spec.family, good.spec.kind, view);
  const turn = (YAW[view] + r.between(-4, 4)) * DEGREE;
  const at = standing(good, { yaw: turn });
  const lift = r.between(8, 16) * DEGREE;
  const toward: Vec3 = [0, -Math.cos(lift), Math.sin(lift)];
  const camera =
    view === 'detail'
      ? closeUp(detailPoint(good, at), toward)
      : frameGood(good, at, { toward, focal: FOCAL, share: r.between(0.74, 0.86) });
  return render(
    {
      actors: [
        { parts: good.parts, place: at, id: 1, casts: true },
        { parts: [{ mesh: GROUND, skin: { ...PLAIN, ground: true } }], place: here, id: 0, casts: false },
      ],
      camera,
      light: studioLight(r),
    },
    size,
    size,
  );
}

const closeUp = (target: Vec3, toward: Vec3): Camera => ({
  eye: add(target, times(toward, FOCAL * 0.62)),
  target,
  focal: FOCAL,
  roll: 0,
});

function studioLight(r: Random): Lighting {
  const [warm, side] = [r.between(-0.04, 0.05), r.pick([-1, -1, 1])];
  const white = r.between(0.8, 0.9);
  return {
    key: {
      from: [side * r.between(0.45, 0.8), -0.95, r.between(1, 1.4)],
      colour: [2.3 + warm, 2.22, 2.12 - warm],
      soft: 0.55,
    },
    rim: { from: [-side, 0.5, 0.6], colour: [0.5, 0.55, 0.62], soft: 1 },
    sky: [0.6, 0.62, 0.66],
    ground: [0.34, 0.33, 0.31],
    backdrop: [
      [white * 0.96, white * 0.97, white],
      [white + 0.06, white + 0.06, white + 0.05],
    ],
    exposure: 0.52,
  };
}

/** Where the good's detail looks at the camera: the middle of its part's vertices inside the detail's rectangle. */
export function detailPoint(good: Good, at: Placement): Vec3 {
  let [sum, n]: [Vec3, number] = [[0, 0, 0], 0];
  for (const { mesh, skin } of good.parts) {
    const box = skin.detail[0];
    if (!box) continue;
    for (let i = 0; i < mesh.uvs.length / 2; i++) {
      const [u, v] = [mesh.uvs[i * 2] as number, mesh.uvs[i * 2 + 1] as number];
      if (u < box[0] || u > box[2] || v < box[1] || v > box[3]) continue;
      const p = moved(at, [
        mesh.positions[i * 3] as number,
        mesh.positions[i * 3 + 1] as number,
        mesh.positions[i * 3 + 2] as number,
      ]);
      sum = [sum[0] + p[0], sum[1] + p[1], sum[2] + p[2]];
      n++;
    }
  }
  return n ? [sum[0] / n, sum[1] / n, sum[2] / n] : [0, 0, sizeOf(good)[2] / 2];
}
