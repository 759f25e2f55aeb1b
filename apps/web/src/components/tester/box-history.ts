import type { Box } from '@likeness/contracts/box';
import { sameBox } from './box-geometry.ts';

const KEPT = 100;

/** The boxes of one photo that were searched, so that the last change can be taken back. */
export class BoxHistory {
  #now: Box | null = null;
  #before: (Box | null)[] = [];

  /** Another photo: no box is on it yet, and there is nothing to take back. */
  start(): void {
    this.#now = null;
    this.#before = [];
  }

  /** The photo's first answer, which may come after its first changes: what it chose is the box before them. */
  found(box: Box): void {
    this.#now ??= box;
    this.#before = this.#before.map((each) => each ?? box);
  }

  /** `together` with the change before: both are taken back as one. */
  change(box: Box, how: { together: boolean }): void {
    if (sameBox(box, this.#now)) return;
    if (!(how.together && this.#before.length > 0))
      this.#before = [...this.#before.slice(1 - KEPT), this.#now];
    this.#now = box;
  }

  /** The box before the last change, null where none was on the photo; undefined where there was no change. */
  undo(): Box | null | undefined {
    const before = this.#before.pop();
    if (before !== undefined) this.#now = before;
    return before;
  }
}
