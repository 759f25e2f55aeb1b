'use client';
import type { Box } from '@likeness/contracts/box';
import { useCallback, useEffect, useRef, useState } from 'react';
import { announceSessionEnd } from '../../client/session-end.ts';
import type { SearchView } from '../../server/view/search-view.ts';
import { BoxHistory } from './box-history.ts';
import { isOfThePhoto, useFaultWords } from './photo-fault.ts';
import { type Ask, type Photo, sendSearch } from './send-search.ts';

export type SearchState = {
  photo: Photo | null;
  /** Answer to the whole photo: its objects stay while boxes are tried. */
  first: SearchView | null;
  answer: SearchView | null;
  box: Box | null;
  busy: boolean;
  fault: string | null;
  /** The fault is the photo's own: another one is needed. */
  unreadable: boolean;
};

const EMPTY: SearchState = {
  photo: null,
  first: null,
  answer: null,
  box: null,
  busy: false,
  fault: null,
  unreadable: false,
};
/** Between the release of a frame and its search. */
const SETTLE_MS = 250;

/** The tester's searches: the photo travels once, boxes go by its id, stale answers are dropped. */
export function useSearch(slug: string, catalog: string | null) {
  const wordsOf = useFaultWords();
  const [state, setState] = useState<SearchState>(EMPTY);
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(state);
  latest.current = state;
  const shown = useRef<Photo | null>(null);
  const history = useRef(new BoxHistory());
  const last = useRef<Ask | null>(null);
  /** The last search never left this browser. */
  const isCutOff = useRef(false);

  /** What was found in the photo holds for as long as it is shown, also where the frame has gone on meanwhile. */
  const keepFound = useCallback((photo: Photo, first: SearchView) => {
    if (shown.current !== photo) return;
    if (first.box) history.current.found(first.box);
    setState((was) => ({ ...was, first }));
  }, []);

  const ask = useCallback(
    async (asked: Ask): Promise<void> => {
      const { photo, box, imageId, whole } = asked;
      last.current = asked;
      const mine = ++turn.current;
      isCutOff.current = false;
      setState((was) => ({ ...was, photo, busy: true, fault: null, unreadable: false }));
      const { code, view } = await sendSearch(asked, { slug, catalog });
      if (view && !box && !whole) keepFound(photo, view);
      if (mine !== turn.current) return;
      if (view) return setState((was) => ({ ...was, busy: false, answer: view, box: view.box }));
      // Its kept copy is gone: the photo travels again, once, as that search goes by no id.
      if (code === 'image_expired' && imageId && photo.file) return ask({ ...asked, imageId: null });
      if (code === 'unauthenticated') announceSessionEnd();
      isCutOff.current = code === 'offline';
      const fault = await wordsOf(code, photo.file);
      const isGone = photo.imageId !== undefined && (code === 'image_expired' || code === 'not_found');
      if (mine !== turn.current) return;
      setState((was) => ({ ...was, busy: false, fault, unreadable: isOfThePhoto(code) || isGone }));
    },
    [slug, catalog, wordsOf, keepFound],
  );

  const choosePhoto = useCallback(
    (photo: Photo) => {
      clearTimeout(timer.current);
      const before = latest.current.photo;
      if (before?.file) URL.revokeObjectURL(before.url);
      shown.current = photo;
      history.current.start();
      setState({ ...EMPTY, photo });
      void ask({ photo });
    },
    [ask],
  );

  /** As before the first photo. */
  const leave = useCallback(() => {
    clearTimeout(timer.current);
    turn.current += 1;
    shown.current = null;
    setState(EMPTY);
  }, []);

  /** The answer to an older box must not move the frame back from under a hand or a key. */
  const dropUnderWay = useCallback(() => {
    turn.current += 1;
  }, []);

  const search = useCallback(
    (box: Box, when: 'now' | 'settled') => {
      const { photo, first, answer } = latest.current;
      if (!photo) return;
      setState((was) => ({ ...was, box }));
      clearTimeout(timer.current);
      dropUnderWay();
      const imageId = answer?.image.id ?? first?.image.id ?? null;
      const whole = box.join() === '0,0,1,1';
      const send = () => void ask(whole ? { photo, imageId, whole } : { photo, box, imageId });
      if (when === 'now') send();
      else timer.current = setTimeout(send, SETTLE_MS);
    },
    [ask, dropUnderWay],
  );

  /** `repeated`: one more step of a key that is held down, undone together with the first. */
  const searchBox = useCallback(
    (box: Box, when: 'now' | 'settled' | 'repeated') => {
      history.current.change(box, { together: when === 'repeated' });
      search(box, when === 'now' ? 'now' : 'settled');
    },
    [search],
  );

  /** No box, as before the first one was drawn: what the photo itself was answered. */
  const clearBox = useCallback(() => {
    const { photo, first } = latest.current;
    clearTimeout(timer.current);
    dropUnderWay();
    const plain = { busy: false, fault: null, unreadable: false };
    if (first) setState((was) => ({ ...was, ...plain, answer: first, box: first.box }));
    else if (photo) void ask({ photo });
  }, [ask, dropUnderWay]);

  /** Takes the last change of the box back; false where there is none. */
  const undo = useCallback((): boolean => {
    const before = history.current.undo();
    if (before) search(before, 'now');
    else if (before === null) clearBox();
    return before !== undefined;
  }, [search, clearBox]);

  const hold = useCallback(
    (box: Box) => {
      clearTimeout(timer.current);
      dropUnderWay();
      setState((was) => ({ ...was, box }));
    },
    [dropUnderWay],
  );

  const again = useCallback(() => {
    if (last.current) void ask(last.current);
  }, [ask]);
  useEffect(() => {
    const onBack = (): void => {
      if (isCutOff.current) again();
    };
    window.addEventListener('online', onBack);
    return () => window.removeEventListener('online', onBack);
  }, [again]);

  return { state, choosePhoto, leave, searchBox, undo, hold, again };
}
