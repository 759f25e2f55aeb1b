import { blob } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { joined } from '../props/solids.ts';
import { head } from './head.ts';
import { limb, personOf } from './person.ts';

const LOW = { nu: 14, nv: 10 };

/** A bystander in metres, standing at the origin and looking towards −y; for crowds out of focus. */
export function bystander(r: Random): Part[] {
  const person = personOf(r);
  const step = r.between(0.02, 0.2);
  return [
    ...head(person, [0, 0, 1.58], 0.13),
    {
      mesh: joined([
        blob([0, 0, 1.18], [0.21, 0.13, 0.3], 0.75, { nu: 20, nv: 14 }),
        limb([
          [[0.19, 0, 1.4], 0.07],
          [[0.27, 0.03, 1.12], 0.055],
          [[0.26, -0.05, 0.88], 0.04],
        ]),
        limb([
          [[-0.19, 0, 1.4], 0.07],
          [[-0.27, 0.03, 1.12], 0.055],
          [[-0.26, -0.05, 0.88], 0.04],
        ]),
      ]),
      skin: person.top,
    },
    {
      mesh: joined([
        limb([
          [[0.1, 0, 0.95], 0.11],
          [[0.1, -step / 2, 0.5], 0.08],
          [[0.1, -step, 0.06], 0.06],
        ]),
        limb([
          [[-0.1, 0, 0.95], 0.11],
          [[-0.1, step / 2, 0.5], 0.08],
          [[-0.1, step, 0.06], 0.06],
        ]),
      ]),
      skin: person.legs,
    },
    {
      mesh: joined([
        blob([0.1, -step - 0.05, 0.04], [0.05, 0.13, 0.045], 0.7, LOW),
        blob([-0.1, step - 0.05, 0.04], [0.05, 0.13, 0.045], 0.7, LOW),
      ]),
      skin: person.shoes,
    },
  ];
}
