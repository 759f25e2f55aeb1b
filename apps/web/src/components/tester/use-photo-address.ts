import { useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';

type Spec = {
  /** The id under which the shown photo is kept; null until that is known, and where none is kept. */
  kept: string | null;
  /** Shows a photo that was searched before. */
  show(imageId: string): void;
  /** The address names no photo any more. */
  leave(): void;
};

/** Each searched photo is an entry of the browser's history, and its address shows it for as long as it is kept. */
export function usePhotoAddress({ kept, show, leave }: Spec): void {
  const named = useSearchParams().get('photo');
  const inStep = useRef<string | null>(null);
  useEffect(() => {
    if (named === inStep.current) return;
    inStep.current = named;
    if (named) show(named);
    else leave();
  }, [named]);
  useEffect(() => {
    if (!kept || kept === inStep.current) return;
    inStep.current = kept;
    const query = new URLSearchParams(window.location.search);
    query.delete('product');
    query.set('photo', kept);
    window.history.pushState(null, '', `?${query}`);
  }, [kept]);
}
