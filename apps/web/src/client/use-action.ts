'use client';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
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
  /** Runs one change; the page's data is read again when it succeeded. */
  run<T>(act: () => Promise<T>, then?: (result: T) => void): Promise<void>;
};

export function useAction(): Action {
  const t = useTranslations('error');
  const router = useRouter();
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = useCallback(
    async <T>(act: () => Promise<T>, then?: (result: T) => void): Promise<void> => {
      setBusy(true);
      setFault(null);
      try {
        const result = await act();
        then?.(result);
        router.refresh();
      } catch (error) {
        const { code, message } = faultOf(error);
        if (code === 'unauthenticated') announceSessionEnd();
        // Somebody was faster: the page shows what is there now, below what was refused.
        if (code === 'conflict') router.refresh();
        const known = t.has(code as 'generic') ? t(code as 'generic') : t('generic');
        const says = BROAD.has(code) && message !== '';
        setFault(says ? (locale === 'en' ? message : `${known} (${message})`) : known);
      } finally {
        setBusy(false);
      }
    },
    [router, t, locale],
  );
  return { busy, fault, run, clear: () => setFault(null) };
}
