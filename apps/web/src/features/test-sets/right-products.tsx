'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { DialogEnd } from '../../components/dialog-end.tsx';
import { Modal } from '../../components/modal.tsx';
import { Picture } from '../../components/picture.tsx';
import { useSeat } from '../../components/shell.tsx';

/** A product of a photo; `known`: the catalog has it. */
export type Right = { productId: string; title: string; url: string | null; known: boolean };
type Props = {
  open: boolean;
  catalog: string;
  /** The products that are right as yet. */
  rights: Right[];
  busy: boolean;
  fault: string | null;
  /** Ids of the right products; none where nothing in the catalog is right. */
  onSave(productIds: string[]): void;
  onClose(): void;
};
const SHOWN = 12;
/** As many as a photo may have. */
const MOST = 100;

/** Asks which products are right for a photo: those of now are ticked, others are found by name. */
export function RightProducts(props: Props) {
  const t = useTranslations('testSets.rights');
  return (
    <Modal open={props.open} title={t('title')} onClose={props.onClose}>
      <Choices {...props} />
    </Modal>
  );
}

function Choices({ catalog, rights, busy, fault, onSave, onClose }: Props) {
  const t = useTranslations('testSets');
  const { slug } = useSeat();
  const search = useAction();
  const asked = useRef('');
  const [found, setFound] = useState<{ query: string; products: Right[] }>({ query: '', products: [] });
  const [ticked, setTicked] = useState<Right[]>(rights);
  const isTicked = (id: string): boolean => ticked.some((each) => each.productId === id);
  // Those of now stay in sight when they are unticked, and what was ticked stays when the search goes on.
  const own = [
    ...rights,
    ...ticked.filter((each) => !rights.some((one) => one.productId === each.productId)),
  ];
  const others = found.products.filter((each) => !own.some((one) => one.productId === each.productId));
  function find(text: string): void {
    const query = text.trim();
    asked.current = query;
    if (query.length < 2) setFound({ query: '', products: [] });
    else
      void search.run(
        () => trpcFor(slug).goods.products.query({ catalog, query, take: SHOWN }),
        // An answer to what was typed before is late.
        ({ tiles }) =>
          asked.current === query &&
          setFound({ query, products: tiles.map((tile) => ({ ...tile, known: true })) }),
      );
  }
  function tick(product: Right): void {
    setTicked((all) =>
      isTicked(product.productId)
        ? all.filter((each) => each.productId !== product.productId)
        : [...all, product].slice(0, MOST),
    );
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSave(ticked.map((each) => each.productId));
  }
  return (
    <form onSubmit={submit}>
      <p className="t2">{t('rights.lead')}</p>
      <input
        className="input"
        type="search"
        placeholder={t('rights.find')}
        aria-label={t('rights.find')}
        onChange={(event) => find(event.target.value)}
      />
      {found.query !== '' && found.products.length === 0 && (
        <p className="t2" role="status">
          {t('rights.noMatch', { query: found.query })}
        </p>
      )}
      <fieldset className="rights">
        <legend className="vh">{t('rights.title')}</legend>
        {[...own, ...others].map((product) => (
          <label key={product.productId}>
            <input type="checkbox" checked={isTicked(product.productId)} onChange={() => tick(product)} />
            <Picture url={product.url} alt="" />
            <span className={product.known ? undefined : 'warn'}>
              {product.known
                ? product.title || product.productId
                : t('unknown', { product: product.productId })}
            </span>
          </label>
        ))}
      </fieldset>
      <p className="meta t2" role="status">
        {t('rights.ticked', { count: ticked.length })}
      </p>
      <DialogEnd fault={fault ?? search.fault} onCancel={onClose}>
        <button type="submit" className="btn pri" disabled={busy}>
          {t('setRight')}
        </button>
      </DialogEnd>
    </form>
  );
}
