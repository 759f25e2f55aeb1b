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
    if (
      !own ||
      own === written ||
      document.cookie.includes(`zone=${own};`) ||
      document.cookie.endsWith(`zone=${own}`)
    )
      return;
    remember('zone', own);
    router.refresh();
  }, [written, router]);
  return null;
}
