import type { Place } from '@likeness/core/jump/find-places';
import { useEffect, useState } from 'react';
import { trpcFor } from '../client/trpc.ts';

/** Long enough that a word typed at once is asked for once. */
const PAUSE_MS = 180;

/** What the workspace holds under these words; nothing while an input method composes them. */
export function usePlaces(slug: string, words: string): Place[] {
  const [found, setFound] = useState<{ words: string; places: Place[] }>({ words: '', places: [] });
  const query = words.trim().slice(0, 100);
  useEffect(() => {
    if (!query) return;
    let stale = false;
    const timer = setTimeout(() => {
      // Without an answer the pages are still there to go to.
      const asked = trpcFor(slug)
        .workspace.find.query({ query })
        .catch((): Place[] => []);
      void asked.then((places) => stale || setFound({ words: query, places }));
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [slug, query]);
  return query ? found.places : [];
}
