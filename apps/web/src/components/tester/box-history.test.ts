import type { Box } from '@likeness/contracts/box';
import { expect, it } from 'vitest';
import { BoxHistory } from './box-history.ts';

const at = (x: number): Box => [x, 0, x + 0.1, 0.1];

it('takes box changes back one by one, down to the detected box', () => {
  const history = new BoxHistory();
  history.found(at(0));
  history.change(at(0.1), { together: false });
  history.change(at(0.2), { together: false });
  expect(history.undo()).toEqual(at(0.1));
  history.change(at(0.3), { together: false });
  expect([history.undo(), history.undo(), history.undo()]).toEqual([at(0.1), at(0), undefined]);
});

it('takes the steps of a key held down back as one', () => {
  const history = new BoxHistory();
  history.found(at(0));
  history.change(at(0.1), { together: false });
  history.change(at(0.2), { together: true });
  history.change(at(0.3), { together: true });
  expect([history.undo(), history.undo()]).toEqual([at(0), undefined]);
});

it('does not count a search of the same box as a change, and forgets with the photo', () => {
  const history = new BoxHistory();
  history.found(at(0));
  history.change(at(0), { together: false });
  expect(history.undo()).toBeUndefined();
  history.change(at(0.1), { together: false });
  history.start();
  expect(history.undo()).toBeUndefined();
});

it('takes the first box of a photo back in which nothing was found', () => {
  const history = new BoxHistory();
  history.change(at(0.5), { together: false });
  expect([history.undo(), history.undo()]).toEqual([null, undefined]);
});

it('takes a change that came before the first answer back to what that answer found', () => {
  const history = new BoxHistory();
  history.change(at(0.5), { together: false });
  history.found(at(0));
  expect([history.undo(), history.undo()]).toEqual([at(0), undefined]);
});
