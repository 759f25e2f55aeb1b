'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { DialogEnd } from '../dialog-end.tsx';
import { Modal } from '../modal.tsx';
import { Picture } from '../picture.tsx';
import { useSeat } from '../shell.tsx';

type Choice = { productId: string; title: string; url: string | null };
type Props = {
  open: boolean;
  catalog: string;
  found: Choice[];
  busy: boolean;
  fault: string | null;
  /** What the button does, in words. */
  label: string;
  /** Ids of the right products; none where nothing in the catalog is right. */
  onSave(productIds: string[]): void;
  onClose(): void;
};
const SHOWN = 12;
const NONE = '';

/** Asks which product is right: what was found first may be wrong, and an exam that takes it would mark itself. */
export function RightProduct(props: Props) {
  const t = useTranslations('tester');
  return (
    <Modal open={props.open} title={t('whichRight')} onClose={props.onClose}>
      <Choices {...props} />
    </Modal>
  );
}

function Choices({ catalog, found, busy, fault, label, onSave, onClose }: Props) {
  const t = useTranslations('tester');
  const { slug } = useSeat();
  const search = useAction();
  const [others, setOthers] = useState<Choice[]>([]);
  const [right, setRight] = useState<string | null>(null);
  const choices = [
    ...others,
    ...found.filter((each) => !others.some((one) => one.productId === each.productId)),
  ];
  function find(query: string): void {
    if (query.trim().length < 2) setOthers([]);
    else
      void search.run(
        () => trpcFor(slug).goods.products.query({ catalog, query: query.trim(), take: SHOWN }),
        ({ tiles }) => setOthers(tiles),
      );
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (right !== null) onSave(right === NONE ? [] : [right]);
  }
  return (
    <form onSubmit={submit}>
      <p className="t2">{t('whichRightLead')}</p>
      <input
        className="input"
        type="search"
        placeholder={t('findRight')}
        aria-label={t('findRight')}
        onChange={(event) => find(event.target.value)}
      />
      <fieldset className="rights">
        <legend className="vh">{t('whichRight')}</legend>
        {choices.slice(0, SHOWN).map(({ productId, title, url }) => (
          <label key={productId}>
            <input
              type="radio"
              name="right"
              checked={right === productId}
              onChange={() => setRight(productId)}
            />
            <Picture url={url} alt="" />
            <span>{title || productId}</span>
          </label>
        ))}
        <label className="none">
          <input type="radio" name="right" checked={right === NONE} onChange={() => setRight(NONE)} />
          <span>{t('noneRight')}</span>
        </label>
      </fieldset>
      <DialogEnd fault={fault} onCancel={onClose}>
        <button type="submit" className="btn pri" disabled={busy || right === null}>
          {label}
        </button>
      </DialogEnd>
    </form>
  );
}
