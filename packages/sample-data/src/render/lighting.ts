import { unit, type Vec3 } from '../mesh/mesh.ts';
import type { Fragments } from './fragments.ts';
import { glintOf, stepsOf } from './glint.ts';
import type { Lighting } from './scene.ts';
import type { Skin } from './skin.ts';
import { toByte } from './tone.ts';

/** A scene's light with unit directions, and the eye. */
export type Lamps = { key: Vec3; rim: Vec3; eye: Vec3; light: Lighting };
export const lampsOf = (light: Lighting, eye: Vec3): Lamps => ({
  key: unit(light.key.from),
  rim: unit(light.rim.from),
  eye,
  light,
});
/** Light wraps a little round cloth. */
export const wrapOf = (skin: Skin): number => (skin.sheen > 0 ? 0.12 : 0);

/**
 * The colour that each point sends to the eye, as sRGB bytes: the lamp (Lambert + normalised Blinn-Phong), the rim
 * lamp, light from sky and ground, a soft mirror of the room (bright above, a wide window on the lamp's side, a dark
 * floor), fibres that glow at grazing angles.
 */
export function light(f: Fragments, skin: Skin, lamps: Lamps, out: Uint8Array): void {
  const [lx, ly, lz] = lamps.key;
  const [mx, my, mz] = lamps.rim;
  const [ex, ey, ez] = lamps.eye;
  const { exposure } = lamps.light;
  const [keyR, keyG, keyB] = lamps.light.key.colour;
  const [rimR, rimG, rimB] = lamps.light.rim.colour;
  const [skyR, skyG, skyB] = lamps.light.sky;
  const [lowR, lowG, lowB] = lamps.light.ground;
  const { rough, gloss, sheen, metal } = skin;
  const glint = glintOf(rough);
  const { low, table } = glint;
  const steps = stepsOf(glint);
  const strength = (glint.shine + 8) / 25;
  const wrap = wrapOf(skin);
  const wrapped = 1 / (1 + wrap);
  const edge = (1 - gloss) * (1 - rough);
  const mirror = 1 - rough * 0.6;
  const pane = (1 - rough) * 2.2;
  // Borders of the room's ceiling and window as a mirror this rough sees them.
  const ceiling = -0.2 - rough;
  const ceilings = 1 / (0.55 + 2 * rough);
  const frame = 0.72 - rough * 0.5;
  const frames = 1 / (0.14 + rough * 0.64);
  const { count, slot, px, py, pz, nx, ny, nz, red, green, blue, free, lit } = f;
  for (let i = 0; i < count; i++) {
    const X = nx[i] as number;
    const Y = ny[i] as number;
    const Z = nz[i] as number;
    const open = free[i] as number;
    const lamp = X * lx + Y * ly + Z * lz;
    const head = Math.max(0, (lamp + wrap) * wrapped) * (lit[i] as number) * (0.6 + 0.4 * open);
    const side = Math.max(0, X * mx + Y * my + Z * mz) * open;
    let vx = ex - (px[i] as number);
    let vy = ey - (py[i] as number);
    let vz = ez - (pz[i] as number);
    const n = 1 / Math.sqrt(vx * vx + vy * vy + vz * vz);
    vx *= n;
    vy *= n;
    vz *= n;
    const ahead = Math.max(0, X * vx + Y * vy + Z * vz);
    const away = 1 - ahead;
    const away3 = away * away * away;
    const fresnel = gloss + edge * away3 * away * away;
    let shine = 0;
    if (head > 0) {
      const hx = lx + vx;
      const hy = ly + vy;
      const hz = lz + vz;
      const half = (X * hx + Y * hy + Z * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz + 1e-9);
      if (half > low) {
        const step = (half - low) * steps;
        const k = step | 0;
        const at = table[k] as number;
        shine = strength * head * fresnel * (at + ((table[k + 1] as number) - at) * (step - k));
      }
    }
    const window = Math.max(0, 2 * ahead * lamp - (vx * lx + vy * ly + vz * lz));
    let up = (2 * ahead * Z - vz - ceiling) * ceilings;
    up = up < 0 ? 0 : up > 1 ? 1 : up;
    let through = (window - frame) * frames;
    through = through < 0 ? 0 : through > 1 ? 1 : through;
    const room =
      (0.35 + 0.65 * up * up * (3 - 2 * up)) *
      (1 + pane * through * through * (3 - 2 * through)) *
      open *
      fresnel *
      mirror;
    const fibre = sheen * away3 * open;
    const body = metal ? 0.12 : 1 - fresnel * 0.5;
    const above = (0.5 + 0.5 * Z) * open;
    const below = open - above;
    const r = red[i] as number;
    const g = green[i] as number;
    const b = blue[i] as number;
    const tr = metal ? r : 1;
    const tg = metal ? g : 1;
    const tb = metal ? b : 1;
    const valueR =
      r * body * (keyR * head + rimR * side + skyR * above + lowR * below) +
      tr * (shine * keyR + room * (skyR + 0.4 * keyR)) +
      fibre * (0.3 + 0.7 * r) * (skyR + rimR * 0.3);
    const valueG =
      g * body * (keyG * head + rimG * side + skyG * above + lowG * below) +
      tg * (shine * keyG + room * (skyG + 0.4 * keyG)) +
      fibre * (0.3 + 0.7 * g) * (skyG + rimG * 0.3);
    const valueB =
      b * body * (keyB * head + rimB * side + skyB * above + lowB * below) +
      tb * (shine * keyB + room * (skyB + 0.4 * keyB)) +
      fibre * (0.3 + 0.7 * b) * (skyB + rimB * 0.3);
    const to = (slot[i] as number) * 3;
    out[to] = toByte(valueR * exposure);
    out[to + 1] = toByte(valueG * exposure);
    out[to + 2] = toByte(valueB * exposure);
  }
}
