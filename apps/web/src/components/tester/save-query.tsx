'use client';
import { Bookmark } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import type { FoundProduct, SearchView } from '../../server/view/search-view.ts';
import { isPlain, usePageKeys } from '../page-keys.ts';
import { useSeat } from '../shell.tsx';

/** One photo more in the exam: this search, with the product that is right. */
export function SaveQuery({
  answer,
  product,
  catalog,
}: {
  answer: SearchView;
  product: FoundProduct;
  catalog: string | null;
}) {
  const t = useTranslations('tester');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [saved, setSaved] = useState<string | null>(null);
  const mark = `${answer.requestId} ${product.productId}`;
  const imageId = answer.image.id;
  const save = () =>
    run(
      () =>
        trpcFor(slug).quality.saveQuery.mutate({
          catalog: catalog ?? answer.catalogId,
          testSet: t('defaultSet'),
          imageId: imageId ?? '',
          box: answer.box,
          productIds: [product.productId],
        }),
      () => setSaved(mark),
    );
  const ready = !busy && imageId !== null && saved !== mark;
  usePageKeys((event) => {
    if (ready && isPlain(event) && event.key.toLowerCase() === 's') void save();
  });
  return (
    <>
      <button
        type="button"
        className="btn sm"
        disabled={!ready}
        title={imageId ? undefined : t('notKept')}
        onClick={() => void save()}
      >
        <Bookmark />
        {saved === mark ? t('saved') : t('save')}
      </button>
      <span className="vh" role="status">
        {saved === mark ? t('saved') : ''}
      </span>
      {fault && (
        <span className="bad meta" role="alert">
          ✕ {fault}
        </span>
      )}
    </>
  );
}
