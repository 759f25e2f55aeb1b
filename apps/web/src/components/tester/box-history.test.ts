import type { Box } from '@likeness/contracts/box';
import { expect, it } from 'vitest';
import { BoxHistory } from './box-history.ts';

const at = (x: number): Box => [x, 0, x + 0.1, 0.1];

it('takes box changes back one by one, down to the detected box', () => {
  const history = new BoxHistory();
  history.start(at(0));
  history.change(at(0.1), { together: false });
  history.change(at(0.2), { together: false });
  expect(history.undo()).toEqual(at(0.1));
  history.change(at(0.3), { together: false });
  expect([history.undo(), history.undo(), history.undo()]).toEqual([at(0.1), at(0), null]);
});

it('takes the steps of a key held down back as one', () => {
  const history = new BoxHistory();
  history.start(at(0));
  history.change(at(0.1), { together: false });
  history.change(at(0.2), { together: true });
  history.change(at(0.3), { together: true });
  expect([history.undo(), history.undo()]).toEqual([at(0), null]);
});

it('does not count a search of the same box as a change, and forgets with the photo', () => {
  const history = new BoxHistory();
  history.start(at(0));
  history.change(at(0), { together: false });
  expect(history.undo()).toBeNull();
  history.change(at(0.1), { together: false });
  history.start(null);
  expect(history.undo()).toBeNull();
  history.change(at(0.5), { together: false });
  expect(history.undo()).toBeNull();
});
