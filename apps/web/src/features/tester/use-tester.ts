'use client';
import type { Box } from '@likeness/contracts/box';
import { useCallback, useEffect, useRef, useState } from 'react';
import { postForm } from '../../client/post-form.ts';
import { codeOf } from '../../client/trpc.ts';
import type { SearchView } from '../../server/console/search-view.ts';

export type Photo = { blob: Blob; url: string; name: string };
export type Tester = {
  photo: Photo | null;
  found: SearchView | null;
  /** The box on the screen; it runs ahead of `found` while it is dragged. */
  box: Box | null;
  /** Whether the person drew or moved the box. */
  manual: boolean;
  busy: boolean;
  fault: string | null;
  open(file: Blob, name: string): void;
  openUrl(url: string): Promise<void>;
  /** `settled` = let go: the search follows 250 ms later. */
  change(box: Box, settled: boolean): void;
  pick(box: Box): void;
  searchNow(): void;
  undo(): void;
  reset(): void;
};

const PAUSE_MS = 250;

/** One photo and its searches. Earlier answers stay until the next one is there; late ones are dropped. */
export function useTester({ slug, catalog }: { slug: string; catalog: string }): Tester {
  const [photo, setPhoto] = useState<Photo | null>(null);
  const [found, setFound] = useState<SearchView | null>(null);
  const [box, setBox] = useState<Box | null>(null);
  const [manual, setManual] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const history = useRef<Box[]>([]);
  const imageId = useRef<string | null>(null);

  const search = useCallback(
    async (of: Photo, wanted: Box | null): Promise<void> => {
      clearTimeout(timer.current);
      asked.current += 1;
      const mine = asked.current;
      setBusy(true);
      setFault(null);
      const form = new FormData();
      if (catalog) form.set('catalog', catalog);
      if (wanted) form.set('box', wanted.join(','));
      if (imageId.current) form.set('image_id', imageId.current);
      else form.set('image', of.blob, of.name);
      try {
        const answer = await postForm<SearchView>(`/api/console/${encodeURIComponent(slug)}/search`, form);
        if (mine !== asked.current) return;
        imageId.current = answer.image.id;
        setFound((before) => ({
          ...answer,
          objects: answer.objects.length ? answer.objects : (before?.objects ?? []),
        }));
        if (!wanted) setBox(answer.box);
      } catch (error) {
        if (mine === asked.current) setFault(codeOf(error));
      } finally {
        if (mine === asked.current) setBusy(false);
      }
    },
    [slug, catalog],
  );

  const open = useCallback(
    (blob: Blob, name: string): void => {
      const next = { blob, name, url: URL.createObjectURL(blob) };
      setPhoto((before) => {
        if (before) URL.revokeObjectURL(before.url);
        return next;
      });
      imageId.current = null;
      history.current = [];
      setFound(null);
      setBox(null);
      setManual(false);
      void search(next, null);
    },
    [search],
  );
  const openUrl = useCallback(
    async (url: string): Promise<void> => {
      const response = await fetch(url);
      if (response.ok) open(await response.blob(), 'photo.jpg');
    },
    [open],
  );
  const change = useCallback(
    (next: Box, settled: boolean): void => {
      setBox(next);
      setManual(true);
      clearTimeout(timer.current);
      if (!settled || !photo) return;
      history.current.push(next);
      timer.current = setTimeout(() => void search(photo, next), PAUSE_MS);
    },
    [photo, search],
  );
  const pick = useCallback(
    (next: Box): void => {
      setBox(next);
      setManual(false);
      history.current.push(next);
      if (photo) void search(photo, next);
    },
    [photo, search],
  );
  const undo = useCallback((): void => {
    history.current.pop();
    const last = history.current.at(-1) ?? found?.objects.find((each) => each.selected)?.box;
    if (last && photo) {
      setBox(last);
      void search(photo, last);
    }
  }, [found, photo, search]);
  const reset = useCallback((): void => {
    const first = found?.objects.find((each) => each.selected) ?? found?.objects[0];
    if (first) pick(first.box);
  }, [found, pick]);
  const searchNow = useCallback((): void => {
    if (photo) void search(photo, box);
  }, [photo, box, search]);

  useEffect(() => () => clearTimeout(timer.current), []);
  return { photo, found, box, manual, busy, fault, open, openUrl, change, pick, searchNow, undo, reset };
}
