'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { announceSessionEnd } from './session-end.ts';
import { codeOf } from './trpc.ts';

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
        const code = codeOf(error);
        if (code === 'unauthenticated') announceSessionEnd();
        setFault(t.has(code as 'generic') ? t(code as 'generic') : t('generic'));
      } finally {
        setBusy(false);
      }
    },
    [router, t],
  );
  return { busy, fault, run, clear: () => setFault(null) };
}
