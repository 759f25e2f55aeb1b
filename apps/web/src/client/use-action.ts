'use client';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useState, useTransition } from 'react';
import { announceSessionEnd } from './session-end.ts';
import { faultOf } from './trpc.ts';

/** Codes that stand for many faults: only the server's own sentence says which. */
const BROAD = new Set([
  'invalid_request',
  'conflict',
  'invalid_csv',
  'invalid_archive',
  'invalid_manifest',
  'model_rejected',
]);

export type Action = {
  busy: boolean;
  /** What went wrong, in the reader's language. */
  fault: string | null;
  clear(): void;
  /** Runs one change; the page's data is read again when it succeeded, and it is busy until that is shown. */
  run<T>(act: () => Promise<T>, then?: Then<T> | { shown: Then<T> }): Promise<void>;
};
/** What follows a change: at once, or as `shown` together with the page that knows of it. */
type Then<T> = (result: T) => void;

export function useAction(): Action {
  const t = useTranslations('error');
  const router = useRouter();
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [reading, read] = useTransition();
  const [fault, setFault] = useState<string | null>(null);
  const run = useCallback(
    async <T>(act: () => Promise<T>, then?: Then<T> | { shown: Then<T> }): Promise<void> => {
      setBusy(true);
      setFault(null);
      try {
        const result = await act();
        if (typeof then === 'function') then(result);
        read(() => {
          router.refresh();
          if (typeof then === 'object') then.shown(result);
        });
      } catch (error) {
        const { code, message } = faultOf(error);
        if (code === 'unauthenticated') announceSessionEnd();
        // Somebody was faster: the page shows what is there now, below what was refused.
        if (code === 'conflict') read(() => router.refresh());
        const known = t.has(code as 'generic') ? t(code as 'generic') : t('generic');
        const says = BROAD.has(code) && message !== '';
        setFault(says ? (locale === 'en' ? message : `${known} (${message})`) : known);
      } finally {
        setBusy(false);
      }
    },
    [router, t, locale],
  );
  return { busy: busy || reading, fault, run, clear: () => setFault(null) };
}
