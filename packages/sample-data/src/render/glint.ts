/** x ** shine for x in low … 1, as a table; below `low` it is less than 1e-4. */
export type Glint = { shine: number; low: number; table: Float32Array };
const STEPS = 256;
const GRADES = 255;
const made = new Map<number, Glint>();

/** The lamp's mirror image on a surface, by its roughness 0..1: the exponent of Blinn-Phong. */
export function glintOf(rough: number): Glint {
  const grade = Math.round(Math.min(1, Math.max(0, rough)) * GRADES);
  const known = made.get(grade);
  if (known) return known;
  const shine = 2 / Math.max(0.02, (grade / GRADES) ** 4) - 1;
  const low = 1e-4 ** (1 / shine);
  const table = Float32Array.from(
    { length: STEPS + 2 },
    (_, i) => (low + ((1 - low) * Math.min(i, STEPS)) / STEPS) ** shine,
  );
  const glint = { shine, low, table };
  made.set(grade, glint);
  return glint;
}

/** Table steps for one of x. */
export const stepsOf = ({ low }: Glint): number => STEPS / (1 - low);
