'use client';
import { useTranslations } from 'next-intl';
import { trpcFor } from '../../client/trpc.ts';
import { RemoveByName } from '../remove-by-name.tsx';
import { useSeat } from '../shell.tsx';

/** Takes a person's seat away, after their name was typed: it cannot be undone with their password unknown. */
export function RemoveMember({ userId, name }: { userId: string; name: string }) {
  const t = useTranslations('members');
  const { slug } = useSeat();
  return (
    <RemoveByName
      name={name}
      className="btn ghost sm"
      label={t('removeOf', { name })}
      words={{
        open: t('remove'),
        title: t('removeOf', { name }),
        lead: t('removeLead', { name }),
        button: t('remove'),
      }}
      remove={() => trpcFor(slug).members.remove.mutate({ userId })}
      onRemoved={() => {}}
    />
  );
}
