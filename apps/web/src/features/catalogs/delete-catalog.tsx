'use client';
import { useTranslations } from 'next-intl';
import { trpcFor } from '../../client/trpc.ts';
import { RemoveByName } from '../../components/remove-by-name.tsx';
import { useSeat } from '../../components/shell.tsx';

/** Deletes a catalog for good, after its name was typed. */
export function DeleteCatalog({ id, name }: { id: string; name: string }) {
  const t = useTranslations('catalogs.delete');
  const { slug } = useSeat();
  return (
    <RemoveByName
      name={name}
      className="btn ghost sm"
      words={{
        open: t('open'),
        title: t('title', { catalog: name }),
        lead: t('lead'),
        button: t('button'),
      }}
      remove={() => trpcFor(slug).catalog.delete.mutate({ catalog: id })}
      onRemoved={() => {}}
    />
  );
}
