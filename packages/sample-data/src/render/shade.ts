import { unit } from '../mesh/mesh.ts';
import type { Geometry } from './geometry.ts';
import type { Visibility } from './rasterise.ts';
import type { Scene } from './scene.ts';
import { lit, type Shadow } from './shadow.ts';
import type { Skin } from './skin.ts';
import { LINEAR, type Texture } from './texture.ts';
import { toByte } from './tone.ts';
import { weaveOf } from './weave.ts';

type Light = { seen: Visibility; shadow: Shadow; open: { width: number; values: Float32Array } };

/**
 * Colour of every pixel, sRGB bytes: painted or plain colour, the weave's bumps (tangent-space normal), the lamp with
 * its shadow (Lambert + normalised Blinn-Phong), a soft mirror of the room, light from sky and ground with occlusion.
 * `detail` becomes 1 where siblings may differ.
 */
export function shade(scene: Scene, all: Geometry, light: Light, detail: Uint8Array): Uint8Array {
  const { seen, shadow, open } = light;
  const { width, height } = seen;
  const { key, rim, sky, ground, backdrop, exposure } = scene.light;
  const out = new Uint8Array(width * height * 3);
  const [lx, ly, lz] = unit(key.from);
  const [mx, my, mz] = unit(rim.from);
  const [ex, ey, ez] = scene.camera.eye;
  const { screen, triangles, world, normals, tangents, uvs } = all;
  let last = -1;
  let skin = all.skins[0] as Skin;
  let weave = weaveOf(skin.weave);
  let level: Texture['levels'][number] | undefined;
  let [a, b, c, ax, ay, bdx, bdy, cdx, cdy, ia, ib, ic, bumps, facing, shine] = Array<number>(15).fill(0) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let y = 0, at = 0; y < height; y++) {
    const down = y / height;
    for (let x = 0; x < width; x++, at++) {
      const t = seen.triangle[at] as number;
      const o = at * 3;
      if (t < 0) {
        for (let k = 0; k < 3; k++)
          out[o + k] = toByte(mixed(backdrop[0][k] as number, backdrop[1][k] as number, down));
        continue;
      }
      if (t !== last) {
        last = t;
        a = triangles[t * 3] as number;
        b = triangles[t * 3 + 1] as number;
        c = triangles[t * 3 + 2] as number;
        ax = screen[a * 3] as number;
        ay = screen[a * 3 + 1] as number;
        const [ux, uy] = [(screen[b * 3] as number) - ax, (screen[b * 3 + 1] as number) - ay];
        const [vx, vy] = [(screen[c * 3] as number) - ax, (screen[c * 3 + 1] as number) - ay];
        const area = ux * vy - uy * vx;
        facing = area < 0 ? 1 : -1;
        bdx = vy / area;
        bdy = -vx / area;
        cdx = -uy / area;
        cdy = ux / area;
        ia = screen[a * 3 + 2] as number;
        ib = screen[b * 3 + 2] as number;
        ic = screen[c * 3 + 2] as number;
        const next = all.skins[all.skinOf[t] as number] as Skin;
        if (next !== skin) weave = weaveOf(next.weave);
        skin = next;
        shine = 2 / Math.max(0.02, skin.rough ** 4) - 2 + 1;
        // Texture area under one pixel decides the level of the art and how much of the weave is left.
        const [u1, v1] = [
          (uvs[b * 2] as number) - (uvs[a * 2] as number),
          (uvs[b * 2 + 1] as number) - (uvs[a * 2 + 1] as number),
        ];
        const [u2, v2] = [
          (uvs[c * 2] as number) - (uvs[a * 2] as number),
          (uvs[c * 2 + 1] as number) - (uvs[a * 2 + 1] as number),
        ];
        const perPixel = Math.sqrt(Math.abs(u1 * v2 - u2 * v1) / Math.max(1e-9, Math.abs(area)));
        if (skin.art) {
          const wanted = Math.max(
            0,
            Math.round(Math.log2(Math.max(1e-6, perPixel * (skin.art.levels[0]?.size ?? 1))) - 0.1),
          );
          level = skin.art.levels[Math.min(skin.art.levels.length - 1, wanted)];
        }
        const tilesPerPixel = perPixel * Math.sqrt(skin.repeat[0] * skin.repeat[1]) * 16;
        bumps = tilesPerPixel > 1 ? 0 : tilesPerPixel < 0.3 ? 1 : (1 - tilesPerPixel) / 0.7;
      }
      const dx = x + 0.5 - ax;
      const dy = y + 0.5 - ay;
      const sb = bdx * dx + bdy * dy;
      const sc = cdx * dx + cdy * dy;
      const depth = 1 / (ia * (1 - sb - sc) + ib * sb + ic * sc);
      const wb = sb * ib * depth;
      const wc = sc * ic * depth;
      const wa = 1 - wb - wc;
      const u = wa * (uvs[a * 2] as number) + wb * (uvs[b * 2] as number) + wc * (uvs[c * 2] as number);
      const v =
        wa * (uvs[a * 2 + 1] as number) + wb * (uvs[b * 2 + 1] as number) + wc * (uvs[c * 2 + 1] as number);
      const px =
        wa * (world[a * 3] as number) + wb * (world[b * 3] as number) + wc * (world[c * 3] as number);
      const py =
        wa * (world[a * 3 + 1] as number) +
        wb * (world[b * 3 + 1] as number) +
        wc * (world[c * 3 + 1] as number);
      const pz =
        wa * (world[a * 3 + 2] as number) +
        wb * (world[b * 3 + 2] as number) +
        wc * (world[c * 3 + 2] as number);
      let nx =
        wa * (normals[a * 3] as number) + wb * (normals[b * 3] as number) + wc * (normals[c * 3] as number);
      let ny =
        wa * (normals[a * 3 + 1] as number) +
        wb * (normals[b * 3 + 1] as number) +
        wc * (normals[c * 3 + 1] as number);
      let nz =
        wa * (normals[a * 3 + 2] as number) +
        wb * (normals[b * 3 + 2] as number) +
        wc * (normals[c * 3 + 2] as number);
      let n = facing / Math.sqrt(nx * nx + ny * ny + nz * nz + 1e-12);
      nx *= n;
      ny *= n;
      nz *= n;
      let hollow = 1;
      if (bumps > 0 && (skin.depth > 0 || skin.grime > 0)) {
        const size = weave.size;
        const wx = Math.floor(u * skin.repeat[0] * size) & (size - 1);
        const wy = Math.floor(v * skin.repeat[1] * size) & (size - 1);
        const cell = wy * size + wx;
        hollow = 1 - skin.grime * bumps * (1 - (weave.height[cell] as number));
        let tx =
          wa * (tangents[a * 3] as number) +
          wb * (tangents[b * 3] as number) +
          wc * (tangents[c * 3] as number);
        let ty =
          wa * (tangents[a * 3 + 1] as number) +
          wb * (tangents[b * 3 + 1] as number) +
          wc * (tangents[c * 3 + 1] as number);
        let tz =
          wa * (tangents[a * 3 + 2] as number) +
          wb * (tangents[b * 3 + 2] as number) +
          wc * (tangents[c * 3 + 2] as number);
        const length = 1 / Math.sqrt(tx * tx + ty * ty + tz * tz + 1e-12);
        tx *= length;
        ty *= length;
        tz *= length;
        const strength = skin.depth * bumps;
        const su = (weave.du[cell] as number) * strength;
        const sv = (weave.dv[cell] as number) * strength;
        const qx = ny * tz - nz * ty;
        const qy = nz * tx - nx * tz;
        const qz = nx * ty - ny * tx;
        nx -= su * tx - sv * qx;
        ny -= su * ty - sv * qy;
        nz -= su * tz - sv * qz;
        n = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
        nx *= n;
        ny *= n;
        nz *= n;
      }
      const plain = facing > 0 ? skin.colour : skin.lining;
      let red = plain[0];
      let green = plain[1];
      let blue = plain[2];
      if (skin.art && level && facing > 0) {
        const s = level.size;
        const fx = Math.min(s - 1.001, Math.max(0, (u - Math.floor(u) || (u > 0.5 ? 0.99999 : 0)) * s - 0.5));
        const fy = Math.min(s - 1.001, Math.max(0, (v - Math.floor(v) || (v > 0.5 ? 0.99999 : 0)) * s - 0.5));
        const x0 = fx | 0;
        const y0 = fy | 0;
        const gx = fx - x0;
        const gy = fy - y0;
        const k = (y0 * s + x0) * 3;
        const m = k + s * 3;
        const w00 = (1 - gx) * (1 - gy);
        const w10 = gx * (1 - gy);
        const w01 = (1 - gx) * gy;
        const w11 = gx * gy;
        const p = level.rgb;
        red =
          w00 * (LINEAR[p[k] as number] as number) +
          w10 * (LINEAR[p[k + 3] as number] as number) +
          w01 * (LINEAR[p[m] as number] as number) +
          w11 * (LINEAR[p[m + 3] as number] as number);
        green =
          w00 * (LINEAR[p[k + 1] as number] as number) +
          w10 * (LINEAR[p[k + 4] as number] as number) +
          w01 * (LINEAR[p[m + 1] as number] as number) +
          w11 * (LINEAR[p[m + 4] as number] as number);
        blue =
          w00 * (LINEAR[p[k + 2] as number] as number) +
          w10 * (LINEAR[p[k + 5] as number] as number) +
          w01 * (LINEAR[p[m + 2] as number] as number) +
          w11 * (LINEAR[p[m + 5] as number] as number);
      }
      red *= hollow;
      green *= hollow;
      blue *= hollow;
      if (skin.detail.length > 0 && facing > 0)
        for (const box of skin.detail)
          if (u >= box[0] && u <= box[2] && v >= box[1] && v <= box[3]) detail[at] = 1;
      const free = Math.max(
        0.12,
        open.values[
          Math.min(open.values.length - 1, (y >> 1) * open.width + Math.min(open.width - 1, x >> 1))
        ] as number,
      );
      const shadowed = lit(shadow, px + nx * 0.004, py + ny * 0.004, pz + nz * 0.004);
      // Light wraps a little round cloth.
      const wrap = skin.sheen > 0 ? 0.12 : 0;
      const head =
        Math.max(0, (nx * lx + ny * ly + nz * lz + wrap) / (1 + wrap)) * shadowed * (0.6 + 0.4 * free);
      const side = Math.max(0, nx * mx + ny * my + nz * mz) * free;
      const above = 0.5 + 0.5 * nz;
      let vx = ex - px;
      let vy = ey - py;
      let vz = ez - pz;
      n = 1 / Math.sqrt(vx * vx + vy * vy + vz * vz);
      vx *= n;
      vy *= n;
      vz *= n;
      const ahead = Math.max(0, nx * vx + ny * vy + nz * vz);
      let hx = lx + vx;
      let hy = ly + vy;
      let hz = lz + vz;
      n = 1 / Math.sqrt(hx * hx + hy * hy + hz * hz + 1e-9);
      hx *= n;
      hy *= n;
      hz *= n;
      const away = 1 - ahead;
      const grazing = away * away * away * away * away;
      const fresnel = skin.gloss + (1 - skin.gloss) * grazing * (1 - skin.rough);
      const glint = ((shine + 8) / 25) * Math.max(0, nx * hx + ny * hy + nz * hz) ** shine * head * fresnel;
      // A room: bright above, a wide window on the lamp's side, a dark floor.
      const rx = 2 * ahead * nx - vx,
        ry = 2 * ahead * ny - vy,
        rz = 2 * ahead * nz - vz;
      const window = Math.max(0, rx * lx + ry * ly + rz * lz);
      const blur = skin.rough;
      const room =
        (0.35 + 0.65 * smoothed(-0.2 - blur, 0.35 + blur, rz)) *
        (1 + (1 - blur) * 2.2 * smoothed(0.72 - blur * 0.5, 0.86 + blur * 0.14, window)) *
        free *
        fresnel *
        (1 - blur * 0.6);
      const fibre = skin.sheen * away * away * away * free;
      const body = skin.metal ? 0.12 : 1 - fresnel * 0.5;
      for (let k = 0; k < 3; k++) {
        const albedo = k === 0 ? red : k === 1 ? green : blue;
        const K = key.colour[k] as number,
          R = rim.colour[k] as number,
          S = sky[k] as number,
          G = ground[k] as number;
        const around = (S * above + G * (1 - above)) * free;
        const tint = skin.metal ? albedo : 1;
        let value =
          albedo * body * (K * head + R * side + around) +
          tint * (glint * K + room * (S + 0.4 * K)) +
          fibre * (0.3 + 0.7 * albedo) * (S + R * 0.3);
        if (skin.ground) {
          const far = smoothed(
            1.1,
            2.6,
            Math.sqrt((px - scene.camera.target[0]) ** 2 + (py - scene.camera.target[1]) ** 2),
          );
          const shadeOf = (K * lz * shadowed + S * free) / (K * lz + S);
          value = mixed(backdrop[0][k] as number, backdrop[1][k] as number, down) * mixed(shadeOf, 1, far);
          out[o + k] = toByte(value);
        } else out[o + k] = toByte(value * exposure);
      }
    }
  }
  return out;
}

const mixed = (a: number, b: number, t: number): number => a + (b - a) * t;
const smoothed = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};
