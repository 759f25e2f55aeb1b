import { type Colour, PALETTE, shade, toHex } from '../colour.ts';
import type { ProductSpec } from '../product-spec.ts';

/** A drawn good in a 1000 × 1000 field: its fragment, its definitions and the box that it fills. */
export type Drawing = { defs: string; body: string; bounds: [number, number, number, number] };

/** Colours, fills and marks of one product; ids carry a prefix, so that several goods fit in one picture. */
export class Paint {
  readonly main: Colour;
  readonly second: Colour;
  readonly accent: Colour;
  readonly prefix: string;
  readonly #spec: ProductSpec;
  #defs = '';

  constructor(spec: ProductSpec, prefix: string) {
    const colourAt = (index: number): Colour =>
      (PALETTE[index] ?? PALETTE[0])?.colour ?? { h: 0, s: 0, l: 0.5 };
    this.main = colourAt(spec.main);
    this.second = colourAt(spec.second);
    this.accent = colourAt(spec.accent);
    this.prefix = prefix;
    this.#spec = spec;
  }

  get defs(): string {
    return this.#defs;
  }

  /** The product's cloth: its pattern over its colour. */
  cloth(): string {
    const id = `${this.prefix}cloth`;
    if (!this.#defs.includes(`id="${id}"`)) this.#defs += this.#pattern(id);
    return `url(#${id})`;
  }

  /** Light from the upper left over a rounded body: drawn over the colour with the same outline. */
  light(strength = 1): string {
    const id = `${this.prefix}light${Math.round(strength * 10)}`;
    if (!this.#defs.includes(`id="${id}"`)) {
      this.#defs += `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="${0.42 * strength}"/><stop offset=".38" stop-color="#fff" stop-opacity="${0.06 * strength}"/><stop offset=".62" stop-color="#000" stop-opacity="${0.05 * strength}"/><stop offset="1" stop-color="#000" stop-opacity="${0.42 * strength}"/></linearGradient>`;
    }
    return `url(#${id})`;
  }

  /** A round, glossy body standing upright. */
  barrel(): string {
    const id = `${this.prefix}barrel`;
    if (!this.#defs.includes(`id="${id}"`)) {
      this.#defs += `<linearGradient id="${id}" x1="0" x2="1"><stop offset="0" stop-color="#000" stop-opacity=".45"/><stop offset=".16" stop-color="#000" stop-opacity=".06"/><stop offset=".27" stop-color="#fff" stop-opacity=".5"/><stop offset=".38" stop-color="#fff" stop-opacity=".08"/><stop offset=".7" stop-color="#000" stop-opacity=".1"/><stop offset="1" stop-color="#000" stop-opacity=".55"/></linearGradient>`;
    }
    return `url(#${id})`;
  }

  fill(colour: Colour, by = 0): string {
    return toHex(shade(colour, by));
  }

  /** One shape in a fill with light over it and a fine dark edge. */
  lit(path: string, fill: string, strength = 1): string {
    return `<path d="${path}" fill="${fill}"/><path d="${path}" fill="${this.light(strength)}" stroke="#000" stroke-opacity=".28" stroke-width="3"/>`;
  }

  /** The emblem that a brand would print: six simple marks. */
  emblem(x: number, y: number, size: number): string {
    const colour = this.fill(this.accent);
    const s = size;
    const marks = [
      `<circle cx="${x}" cy="${y}" r="${s}" fill="${colour}"/><circle cx="${x}" cy="${y}" r="${s * 0.5}" fill="#fff"/>`,
      `<path d="M${x - s} ${y + s * 0.8}L${x} ${y - s}L${x + s} ${y + s * 0.8}Z" fill="${colour}"/>`,
      `<rect x="${x - s}" y="${y - s * 0.7}" width="${2 * s}" height="${1.4 * s}" rx="${s * 0.2}" fill="${colour}"/><path d="M${x - s} ${y}H${x + s}" stroke="#fff" stroke-width="${s * 0.3}"/>`,
      `<path d="M${x} ${y - s}L${x + s * 0.3} ${y - s * 0.3}L${x + s} ${y - s * 0.25}L${x + s * 0.45} ${y + s * 0.25}L${x + s * 0.6} ${y + s}L${x} ${y + s * 0.55}L${x - s * 0.6} ${y + s}L${x - s * 0.45} ${y + s * 0.25}L${x - s} ${y - s * 0.25}L${x - s * 0.3} ${y - s * 0.3}Z" fill="${colour}"/>`,
      `<path d="M${x - s} ${y + s * 0.6}Q${x} ${y - s * 1.4} ${x + s} ${y + s * 0.6}" fill="none" stroke="${colour}" stroke-width="${s * 0.45}" stroke-linecap="round"/>`,
      `<rect x="${x - s * 0.8}" y="${y - s * 0.8}" width="${1.6 * s}" height="${1.6 * s}" fill="${colour}" transform="rotate(45 ${x} ${y})"/>`,
    ];
    return marks[this.#spec.emblem % marks.length] ?? '';
  }

  #pattern(id: string): string {
    const [base, over] = [this.fill(this.main), this.fill(this.second)];
    const wrap = (size: number, body: string, turn = 0): string =>
      `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})"><rect width="${size}" height="${size}" fill="${base}"/>${body}</pattern>`;
    switch (this.#spec.pattern) {
      case 'stripes':
        return wrap(46, `<rect width="46" height="17" fill="${over}"/>`);
      case 'dots':
        return wrap(
          54,
          `<circle cx="14" cy="14" r="9" fill="${over}"/><circle cx="41" cy="41" r="9" fill="${over}"/>`,
        );
      case 'plaid':
        return wrap(
          84,
          `<rect width="84" height="26" fill="${over}" opacity=".55"/><rect width="26" height="84" fill="${over}" opacity=".55"/><rect y="52" width="84" height="5" fill="#fff" opacity=".5"/>`,
        );
      case 'band':
        return wrap(230, `<rect y="70" width="230" height="62" fill="${over}"/>`);
      case 'chevron':
        return wrap(60, `<path d="M0 30L30 8L60 30V46L30 24L0 46Z" fill="${over}"/>`);
      default:
        return wrap(12, `<rect width="12" height="6" fill="#000" opacity=".025"/>`);
    }
  }
}
