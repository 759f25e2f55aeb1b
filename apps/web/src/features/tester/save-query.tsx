'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Modal } from '../../components/modal.tsx';
import { useSeat } from '../../components/shell.tsx';
import type { Tester } from './use-tester.ts';

type Props = {
  tester: Tester;
  catalog: string;
  testSets: string[];
  open: boolean;
  onClose(saved: boolean): void;
};

/** The photo, its box and the right product go into a test set. */
export function SaveQuery({ tester, catalog, testSets, open, onClose }: Props) {
  const t = useTranslations('search.save');
  const state = useTranslations('state');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const products = tester.found?.products ?? [];
  const [right, setRight] = useState('');
  const [name, setName] = useState(testSets[0] ?? t('defaultName'));
  const save = (): Promise<void> =>
    run(
      () =>
        trpcFor(slug).quality.saveQuery.mutate({
          catalog,
          testSet: name.trim(),
          imageId: tester.found?.image.id ?? '',
          box: tester.box,
          productIds: [right || (products[0]?.productId ?? '')],
        }),
      () => onClose(true),
    );
  return (
    <Modal open={open} title={t('title')} onClose={() => onClose(false)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label className="field">
          <span>{t('right')}</span>
          <select className="select" value={right} onChange={(event) => setRight(event.target.value)}>
            {products.map((each) => (
              <option key={each.productId} value={each.productId}>
                {each.rank}. {each.title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('set')}</span>
          <input
            className="input"
            list="test-sets"
            value={name}
            maxLength={100}
            required
            onChange={(event) => setName(event.target.value)}
          />
          <datalist id="test-sets">
            {testSets.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </label>
        {fault && <p className="notice bad">{fault}</p>}
        <div className="end">
          <button type="button" className="btn" onClick={() => onClose(false)}>
            {state('cancel')}
          </button>
          <button type="submit" className="btn pri" disabled={busy}>
            {t('button')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
