'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../../components/shell.tsx';

/** Lets an import that was stopped or failed go on after its last batch. */
export function GoOnButton({ jobId }: { jobId: string }) {
  const t = useTranslations('catalogs');
  const router = useRouter();
  const { slug } = useSeat();
  const { busy, run } = useAction();
  return (
    <button
      type="button"
      className="btn sm"
      title={t('goOnTitle')}
      disabled={busy}
      onClick={() =>
        void run(
          () => trpcFor(slug).goods.resumeImport.mutate({ jobId }),
          () => router.refresh(),
        )
      }
    >
      {t('goOn')}
    </button>
  );
}
