'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpcFor } from '../../client/trpc.ts';
import { RemoveByName } from '../../components/remove-by-name.tsx';
import { useSeat } from '../../components/shell.tsx';

type Props = { id: string; version: string; testSet: string };

/** Removes one evaluation for good, after the version that it measured was typed. */
export function RemoveEvaluation({ id, version, testSet }: Props) {
  const t = useTranslations('evaluations.remove');
  const router = useRouter();
  const { slug } = useSeat();
  return (
    <RemoveByName
      name={version}
      words={{
        open: t('open'),
        title: t('title', { version, testSet }),
        lead: t('lead'),
        button: t('button'),
      }}
      remove={() => trpcFor(slug).quality.removeEvaluation.mutate({ evaluationId: id })}
      onRemoved={() => router.replace(`/${encodeURIComponent(slug)}/evaluations`)}
    />
  );
}
