import type { Box } from '@likeness/contracts/box';
import { sameBox } from './box-geometry.ts';

const KEPT = 100;

/** The boxes of one photo that were searched, so that the last change can be taken back. */
export class BoxHistory {
  #now: Box | null = null;
  #before: Box[] = [];

  /** Another photo, or its first answer: there is nothing to take back to. */
  start(box: Box | null): void {
    this.#now = box;
    this.#before = [];
  }

  /** `together` with the change before: both are taken back as one. */
  change(box: Box, how: { together: boolean }): void {
    if (sameBox(box, this.#now)) return;
    if (this.#now && !(how.together && this.#before.length > 0))
      this.#before = [...this.#before.slice(1 - KEPT), this.#now];
    this.#now = box;
  }

  /** The box before the last change, or null. */
  undo(): Box | null {
    const before = this.#before.pop() ?? null;
    if (before) this.#now = before;
    return before;
  }
}
