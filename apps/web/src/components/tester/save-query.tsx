'use client';
import { Bookmark } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import type { SearchView } from '../../server/view/search-view.ts';
import { usePageLetter } from '../page-keys.ts';
import { useSeat } from '../shell.tsx';
import { RightProduct } from './right-product.tsx';

type Props = {
  answer: SearchView;
  catalog: string | null;
  /** The answer is not of the box that is framed now: what is seen is not what would be saved. */
  stale: boolean;
};

/** One photo more in the exam: this search, with the product that a person says is right. */
export function SaveQuery({ answer, catalog, stale }: Props) {
  const t = useTranslations('tester');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const of = catalog ?? answer.catalogId;
  const imageId = answer.image.id;
  const isSaved = saved === answer.requestId;
  const ready = !busy && !stale && imageId !== null && !isSaved;
  const ask = (): void => {
    clear();
    setOpen(true);
  };
  usePageLetter('s', ready ? ask : null);
  const save = (productIds: string[]) =>
    run(
      () =>
        trpcFor(slug).quality.saveQuery.mutate({
          catalog: of,
          testSet: t('defaultSet'),
          imageId: imageId ?? '',
          box: answer.box,
          productIds,
        }),
      () => {
        setOpen(false);
        setSaved(answer.requestId);
      },
    );
  return (
    <>
      <button
        type="button"
        className="btn sm"
        disabled={!ready}
        title={imageId ? (stale ? t('saveWaits') : undefined) : t('notKept')}
        onClick={ask}
      >
        <Bookmark />
        {isSaved ? t('saved') : t('save')}
      </button>
      <span className="vh" role="status">
        {isSaved ? t('saved') : ''}
      </span>
      <RightProduct
        open={open}
        catalog={of}
        found={answer.results}
        busy={busy}
        fault={fault}
        label={t('save')}
        onSave={(ids) => void save(ids)}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
