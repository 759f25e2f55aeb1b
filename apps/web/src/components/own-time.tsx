'use client';
import { useRouter } from 'next/navigation';
import { useTimeZone } from 'next-intl';
import { useEffect } from 'react';
import { remember } from '../client/remember.ts';

/** Tells the server the reader's time zone, in which it writes times from then on. */
export function OwnTime() {
  const router = useRouter();
  const written = useTimeZone();
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // Said before and yet not written: the server does not know this zone.
    const isSaid = document.cookie.split('; ').includes(`zone=${own}`);
    if (!own || own === written || isSaid) return;
    remember('zone', own);
    router.refresh();
  }, [written, router]);
  return null;
}
