import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';

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
  const page = usePathname();
  const named = useSearchParams().get('photo');
  const inStep = useRef<string | null>(null);
  /** By the browser's own address: the router's may be an entry behind it. */
  const follow = useEffectEvent(() => {
    if (window.location.pathname !== page) return;
    const wanted = new URLSearchParams(window.location.search).get('photo');
    if (wanted === inStep.current) return;
    inStep.current = wanted;
    if (wanted) show(wanted);
    else leave();
  });
  useEffect(() => follow(), [named]);
  // Back before the router has seen the newest entry changes nothing that it would draw again.
  useEffect(() => {
    const onHistory = () => follow();
    window.addEventListener('popstate', onHistory);
    return () => window.removeEventListener('popstate', onHistory);
  }, []);
  useEffect(() => {
    if (!kept || kept === inStep.current) return;
    inStep.current = kept;
    const query = new URLSearchParams(window.location.search);
    query.delete('product');
    query.set('photo', kept);
    window.history.pushState(null, '', `?${query}`);
  }, [kept]);
}
