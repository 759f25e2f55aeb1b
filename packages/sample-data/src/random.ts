/** A stream of numbers that depends on its seed alone, so that one picture never depends on the order of others. */
export class Random {
  #state: number;

  constructor(...seed: (number | string)[]) {
    let hash = 2166136261;
    for (const char of seed.join('/')) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
    this.#state = hash | 0;
  }

  /** In [0, 1), mulberry32. */
  next(): number {
    // Kept as a signed number: V8 holds it without a box.
    let t = (this.#state + 0x6d2b79f5) | 0;
    this.#state = t;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.int(values.length)] as T;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }
}
