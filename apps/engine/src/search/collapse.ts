/** One candidate image with its cosine. */
export type Scored = { ordinal: number; cosine: number };

const better = (a: Scored, b: Scored): number => b.cosine - a.cosine || a.ordinal - b.ordinal;

/**
 * Keeps the best image of each product and of those the best `want` products. Equal cosines are ordered by
 * ordinal, so that the same question always gets the same answer. Candidates below the `want`-th best product
 * seen so far cannot change the result and are dropped at the door (`floor`).
 */
export class BestPerProduct {
  readonly #productOf: Int32Array;
  readonly #want: number;
  #best = new Map<number, Scored>();
  /** Nothing below this cosine needs to be offered. */
  floor = Number.NEGATIVE_INFINITY;

  constructor(productOf: Int32Array, want: number) {
    this.#productOf = productOf;
    this.#want = want;
  }

  get products(): number {
    return this.#best.size;
  }

  offer(ordinal: number, cosine: number): void {
    if (cosine < this.floor) return;
    const product = this.#productOf[ordinal] as number;
    const best = this.#best.get(product);
    if (!best) {
      this.#best.set(product, { ordinal, cosine });
      if (this.#best.size > this.#want * 3 + 64) this.#prune();
    } else if (cosine > best.cosine || (cosine === best.cosine && ordinal < best.ordinal)) {
      best.ordinal = ordinal;
      best.cosine = cosine;
    }
  }

  top(): Scored[] {
    return [...this.#best.values()].sort(better).slice(0, this.#want);
  }

  #prune(): void {
    const kept = [...this.#best.entries()].sort((a, b) => better(a[1], b[1])).slice(0, this.#want);
    this.#best = new Map(kept);
    this.floor = kept.at(-1)?.[1].cosine ?? this.floor;
  }
}
