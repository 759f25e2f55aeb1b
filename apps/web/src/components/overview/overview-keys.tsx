'use client';
import { useRouter } from 'next/navigation';
import { isPlain, usePageKeys, usePageLetter } from '../page-keys.ts';

/** 1–5 go to the steps, N to a new photo. */
export function OverviewKeys({ steps, search }: { steps: string[]; search: string }) {
  const router = useRouter();
  usePageLetter('n', () => router.push(search));
  usePageKeys((event) => {
    const step = isPlain(event) ? steps[Number(event.key) - 1] : undefined;
    if (step) router.push(step);
  });
  return null;
}
