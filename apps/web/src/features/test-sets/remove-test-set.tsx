'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpcFor } from '../../client/trpc.ts';
import { RemoveByName } from '../../components/remove-by-name.tsx';
import { useSeat } from '../../components/shell.tsx';

type Props = { id: string; name: string; photos: number; evaluations: number };

/** Removes a test set with all that was measured on it, after its name was typed. */
export function RemoveTestSet({ id, name, photos, evaluations }: Props) {
  const t = useTranslations('testSets.remove');
  const router = useRouter();
  const { slug } = useSeat();
  return (
    <RemoveByName
      name={name}
      words={{
        open: t('open'),
        title: t('title', { name }),
        lead: t('lead', { photos, evaluations }),
        button: t('button'),
      }}
      remove={() => trpcFor(slug).quality.removeTestSet.mutate({ testSetId: id })}
      onRemoved={() => router.replace(`/${encodeURIComponent(slug)}/test-sets`)}
    />
  );
}
