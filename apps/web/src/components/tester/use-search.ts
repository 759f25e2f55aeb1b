'use client';
import type { Box } from '@likeness/contracts/box';
import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import type { SearchView } from '../../server/view/search-view.ts';
import { BoxHistory } from './box-history.ts';
import { whatFile } from './what-file.ts';

export type Photo = { url: string; file: File | null; productId?: string };
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
type Ask = { photo: Photo; box?: Box; imageId?: string | null; whole?: boolean };

const EMPTY: SearchState = {
  photo: null,
  first: null,
  answer: null,
  box: null,
  busy: false,
  fault: null,
  unreadable: false,
};
const OF_THE_PHOTO = new Set(['unsupported_image', 'image_corrupt', 'image_too_large', 'image_timeout']);
/** Between the release of a frame and its search. */
const SETTLE_MS = 250;

/** The tester's searches: the photo travels once, boxes go by its id, stale answers are dropped. */
export function useSearch(slug: string, catalog: string | null) {
  const t = useTranslations('error');
  const [state, setState] = useState<SearchState>(EMPTY);
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(state);
  latest.current = state;
  const history = useRef(new BoxHistory());
  const last = useRef<Ask | null>(null);

  const ask = useCallback(
    async (asked: Ask) => {
      const { photo, box, imageId, whole } = asked;
      last.current = asked;
      const mine = ++turn.current;
      setState((was) => ({ ...was, photo, busy: true, fault: null, unreadable: false }));
      const form = new FormData();
      if (catalog) form.set('catalog', catalog);
      if (box) form.set('box', box.join(','));
      if (whole) form.set('crop', 'none');
      if (imageId) form.set('image_id', imageId);
      else if (photo.productId) form.set('product_id', photo.productId);
      else if (photo.file) form.set('image', photo.file);
      const address = `/api/console/${encodeURIComponent(slug)}/search`;
      const response = await fetch(address, { method: 'POST', body: form }).catch(() => null);
      const body = (await response?.json().catch(() => null)) as
        | (SearchView & { error?: { code: string } })
        | null;
      if (mine !== turn.current) return;
      if (response?.ok && body?.box && !box && !whole) history.current.start(body.box);
      if (!response?.ok || !body) {
        const code = body?.error?.code ?? 'generic';
        if (code === 'image_expired' && photo.file) return ask({ photo, ...(box ? { box } : {}) });
        const kind = code === 'unsupported_image' && photo.file ? await whatFile(photo.file) : null;
        const known = t.has(code as 'generic') ? t(code as 'generic') : t('generic');
        const honest = kind?.says.slice(1).toUpperCase() === kind?.is;
        const fault = kind ? t(honest ? 'notReadable' : 'notPicture', kind) : known;
        return setState((was) => ({ ...was, busy: false, fault, unreadable: OF_THE_PHOTO.has(code) }));
      }
      setState((was) => ({
        ...was,
        busy: false,
        answer: body,
        first: box || whole ? was.first : body,
        box: body.box,
      }));
    },
    [slug, catalog, t],
  );

  const choosePhoto = useCallback(
    (photo: Photo) => {
      clearTimeout(timer.current);
      const before = latest.current.photo;
      if (before?.file) URL.revokeObjectURL(before.url);
      history.current.start(null);
      setState({ ...EMPTY, photo });
      void ask({ photo });
    },
    [ask],
  );

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
  /** Takes the last change of the box back; false where there is none. */
  const undo = useCallback((): boolean => {
    const before = history.current.undo();
    if (before) search(before, 'now');
    return before !== null;
  }, [search]);

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

  return { state, choosePhoto, searchBox, undo, hold, again };
}
