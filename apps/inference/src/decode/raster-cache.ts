import type { Raster } from '@likeness/vision/decode/raster';

/** Pixels decoded a moment ago, by the hash of their bytes: detect and embed of one search decode once. */
export class RasterCache {
  readonly #bytesMax: number;
  readonly #entries = new Map<string, Raster>();
  #bytes = 0;

  constructor(megabytes: number) {
    this.#bytesMax = megabytes * 1024 * 1024;
  }

  get(handle: string): Raster | null {
    const found = this.#entries.get(handle);
    if (!found) return null;
    this.#entries.delete(handle);
    this.#entries.set(handle, found);
    return found;
  }

  put(handle: string, raster: Raster): void {
    if (raster.data.byteLength > this.#bytesMax || this.#entries.has(handle)) return;
    this.#entries.set(handle, raster);
    this.#bytes += raster.data.byteLength;
    for (const [oldest, { data }] of this.#entries) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#entries.delete(oldest);
      this.#bytes -= data.byteLength;
    }
  }
}
