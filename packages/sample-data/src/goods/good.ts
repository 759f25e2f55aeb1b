import type { Colours, ProductSpec } from '../catalog/product-spec.ts';
import { type Colour, PALETTE, shade, toHex, toLinear } from '../colour.ts';
import { emblem, type Stamp } from '../label/emblem.ts';
import { patternDef } from '../label/pattern.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { Part } from '../render/scene.ts';
import { PLAIN, type Rgb, type Skin } from '../render/skin.ts';
import { type Texture, textureOf } from '../render/texture.ts';

/** A part before its picture is drawn: `art` is the inside of a 1000 × 1000 SVG. */
export type Blank = { mesh: Mesh; skin: Partial<Skin>; art?: string };
/** What a builder gets: the product's parameters and its colours as inks. */
export type Look = { spec: ProductSpec; ink: Inks };

/** Distance of two colours (hex) over the sRGB cube's diagonal, 0..1, from which one is seen on the other. */
const STANDS_OUT = 0.33;
const apart = (a: string, b: string): number =>
  Math.hypot(
    ...[1, 3, 5].map(
      (at) => Number.parseInt(a.slice(at, at + 2), 16) - Number.parseInt(b.slice(at, at + 2), 16),
    ),
  ) / Math.hypot(255, 255, 255);

/** Pale or dark print, whichever is read better on a ground (hex). */
export const printOn = (ground: string): string =>
  apart(ground, PALE_PRINT) > apart(ground, DARK_PRINT) ? PALE_PRINT : DARK_PRINT;
const [PALE_PRINT, DARK_PRINT] = ['#f4f1e8', '#26262a'];

/** The colours of one variant, for drawing (hex) and for light (linear). */
export class Inks {
  readonly main: string;
  readonly second: string;
  readonly accent: string;
  readonly #colours: Record<'main' | 'second' | 'accent', Colour>;

  constructor(colours: Colours) {
    const of = (index: number): Colour => (PALETTE[index] ?? PALETTE[0]).colour;
    this.#colours = { main: of(colours.main), second: of(colours.second), accent: of(colours.accent) };
    this.main = toHex(this.#colours.main);
    this.second = toHex(this.#colours.second);
    this.accent = toHex(this.#colours.accent);
  }

  /** A colour made lighter or darker by a share of lightness. */
  tone(which: 'main' | 'second' | 'accent', by: number): string {
    return toHex(shade(this.#colours[which], by));
  }

  linear(which: 'main' | 'second' | 'accent', by = 0): Rgb {
    return toLinear(shade(this.#colours[which], by));
  }

  /** The accent, or the first other ink that stands out from a ground (hex). */
  against(ground: string): string {
    const inks = [this.accent, this.second, this.main, '#f6f1e4'];
    return inks.find((each) => apart(each, ground) > STANDS_OUT) ?? '#1c1a18';
  }

  /** A thread that can be seen on the main colour. */
  get thread(): string {
    return this.tone('main', this.#colours.main.l > 0.5 ? -0.22 : 0.3);
  }
}

/** The product's cloth over a whole texture, with its pattern. */
export function cloth(look: Look, scale: number | readonly [number, number] = 1): string {
  const { spec, ink } = look;
  // A pattern of nothing would be drawn as thousands of tiles.
  if (spec.pattern === 'plain') return `<rect width="1000" height="1000" fill="${ink.main}"/>`;
  return `<defs>${patternDef('cloth', spec.pattern, { main: ink.main, second: ink.second, accent: ink.accent }, scale)}</defs><rect width="1000" height="1000" fill="url(#cloth)"/>`;
}

/** A seam: a dark groove with a dashed thread beside it. */
export function seam(path: string, ink: Inks, width = 5): string {
  return `<path d="${path}" fill="none" stroke="#000" stroke-opacity=".22" stroke-width="${width}"/><path d="${path}" fill="none" stroke="${ink.thread}" stroke-width="${width * 0.7}" stroke-dasharray="${width * 2.6} ${width * 1.4}" transform="translate(0 ${width * 1.7})"/>`;
}

/**
 * The sibling's one detail: one of six marks, in a colour that stands out from its ground. On patterned cloth it sits
 * on a bare patch, which siblings without a mark have as well.
 */
export function detailMark(look: Look, stamp: Omit<Stamp, 'colour'>): string {
  const { spec, ink } = look;
  const { x, y, size, stretch = 1 } = stamp;
  const onPatch = spec.pattern !== 'plain' && stamp.ground === undefined;
  const ground = stamp.ground ?? (onPatch ? ink.second : ink.main);
  const patch = onPatch
    ? `<ellipse cx="${x}" cy="${y}" rx="${(size * 1.45) / stretch}" ry="${size * 1.45}" fill="${ground}" stroke="#000" stroke-opacity=".3" stroke-width="3"/>`
    : '';
  return `${patch}${emblem(spec.detail, { ...stamp, colour: ink.against(ground), ground })}`;
}

export const CLOTH: Partial<Skin> = {
  weave: 'canvas',
  repeat: [26, 26],
  depth: 0.22,
  grime: 0.3,
  rough: 0.9,
  gloss: 0.02,
  sheen: 0.22,
};
export const KNIT: Partial<Skin> = { ...CLOTH, weave: 'knit', repeat: [16, 16], depth: 0.35, grime: 0.4 };
export const TWILL: Partial<Skin> = { ...CLOTH, weave: 'twill', repeat: [18, 18], depth: 0.2 };
export const LEATHER: Partial<Skin> = {
  weave: 'leather',
  repeat: [9, 9],
  depth: 0.12,
  grime: 0.18,
  rough: 0.42,
  gloss: 0.045,
};
export const SUEDE: Partial<Skin> = {
  weave: 'suede',
  repeat: [5, 5],
  depth: 0.12,
  grime: 0.22,
  rough: 0.95,
  gloss: 0.015,
  sheen: 0.3,
};
export const RUBBER: Partial<Skin> = { rough: 0.6, gloss: 0.035 };
export const PLASTIC: Partial<Skin> = { rough: 0.25, gloss: 0.05 };
export const STEEL: Partial<Skin> = { rough: 0.22, gloss: 0.75, metal: true, colour: [0.72, 0.73, 0.76] };
export const BRASS: Partial<Skin> = { rough: 0.25, gloss: 0.7, metal: true, colour: [0.78, 0.57, 0.26] };

/** Draws the art of every part, `size` px a texture (a power of two). */
export async function dressed(blanks: readonly Blank[], size: number): Promise<Part[]> {
  const drawn = new Map<string, Promise<Texture>>();
  const draw = (art: string): Promise<Texture> => {
    const known = drawn.get(art);
    if (known) return known;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 1000 1000">${art}</svg>`;
    const texture = textureOf(svg, size);
    drawn.set(art, texture);
    return texture;
  };
  return Promise.all(
    blanks.map(async ({ mesh, skin, art }) => ({
      mesh,
      skin: { ...PLAIN, ...skin, art: art ? await draw(art) : null },
    })),
  );
}
