import { KIND_NAMES, KINDS, PATTERNS } from '../catalog/kinds.ts';
import { placeInFamily, specOf } from '../catalog/product-spec.ts';
import { textOf } from '../catalog/product-text.ts';
import { PALETTE, toLinear } from '../colour.ts';
import { Random } from '../random.ts';
import type { Settled } from './options.ts';

const COLOURS = PALETTE.length;
/** Looks (kind and colour) that products are sorted into. */
const LOOKS = KIND_NAMES.length * COLOURS;
/** A family has at most three members, next to each other. */
const REACH = 2;

/** What the shoppers and the ranker know of every product, 16 bytes each, so that 100,000 stay small. */
export class Wares {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly style: Uint8Array;
  readonly pattern: Uint8Array;
  readonly brand: Uint8Array;
  readonly colour: Uint8Array;
  /** Price in its kind's range: −1 cheap … 1 dear. */
  readonly dear: Float32Array;
  /** Hour of the simulation at which the product is first sold. */
  readonly arrival: Uint16Array;
  /** Products by look, and where each look begins. */
  readonly #byLook: Uint32Array;
  readonly #begins: Uint32Array;

  constructor(options: Settled) {
    const n = options.products;
    this.count = n;
    this.kind = new Uint8Array(n);
    this.style = new Uint8Array(n);
    this.pattern = new Uint8Array(n);
    this.brand = new Uint8Array(n);
    this.colour = new Uint8Array(n);
    this.dear = new Float32Array(n);
    this.arrival = new Uint16Array(n);
    for (let index = 0; index < n; index++) this.#read(options, index);
    this.#begins = new Uint32Array(LOOKS + 1);
    for (let i = 0; i < n; i++) this.#begins[this.#look(i) + 1]! += 1;
    for (let look = 0; look < LOOKS; look++) this.#begins[look + 1]! += this.#begins[look]!;
    const next = this.#begins.slice();
    this.#byLook = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      const look = this.#look(i);
      this.#byLook[next[look]!] = i;
      next[look]! += 1;
    }
  }

  #read(options: Settled, index: number): void {
    const spec = specOf(options.seed, index);
    const { price } = textOf(spec);
    const [low, high] = KINDS[spec.kind].price;
    this.kind[index] = KIND_NAMES.indexOf(spec.kind);
    this.style[index] = spec.style;
    this.pattern[index] = PATTERNS.indexOf(spec.pattern);
    this.brand[index] = spec.brand;
    this.colour[index] = spec.variants[0].colours.main;
    this.dear[index] = Math.max(-1, Math.min(1, (2 * (price - low)) / (high - low) - 1));
    const r = new Random('arrival', options.seed, index);
    if (r.chance(options.newProducts)) this.arrival[index] = r.int(options.days * 24);
  }

  #look(index: number): number {
    return this.kind[index]! * COLOURS + this.colour[index]!;
  }

  /** A random product of a kind, of one colour if told; null when there is none. */
  pick(r: Random, kind: number, colour?: number): number | null {
    const from = this.#begins[kind * COLOURS + (colour ?? 0)]!;
    const to = this.#begins[kind * COLOURS + (colour ?? COLOURS - 1) + 1]!;
    return to > from ? this.#byLook[from + r.int(to - from)]! : null;
  }

  siblings(a: number, b: number): boolean {
    return Math.abs(a - b) <= REACH && placeInFamily(a).family === placeInFamily(b).family;
  }

  /** The product and those that differ from it in one detail only. */
  family(index: number): number[] {
    const members: number[] = [];
    for (let i = Math.max(0, index - REACH); i <= Math.min(this.count - 1, index + REACH); i++)
      if (this.siblings(index, i)) members.push(i);
    return members;
  }
}

/** How near two colours of the palette look, 0..1: a Gaussian of their distance in cube-root light. */
const CLOSENESS: readonly (readonly number[])[] = PALETTE.map((a) =>
  PALETTE.map((b) => {
    const [x, y] = [toLinear(a.colour), toLinear(b.colour)];
    const d = Math.hypot(...x.map((v, i) => Math.cbrt(v) - Math.cbrt(y[i] as number)));
    return Math.exp(-((d / 0.35) ** 2));
  }),
);
export const closeness = (a: number, b: number): number => CLOSENESS[a]?.[b] ?? 0;

/** The colours nearest to each colour, itself first. */
export const NEAREST: readonly (readonly number[])[] = CLOSENESS.map((row) =>
  row.map((_, i) => i).sort((a, b) => (row[b] as number) - (row[a] as number)),
);
