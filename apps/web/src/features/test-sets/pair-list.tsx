'use client';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { isPlain, usePageKeys } from '../../components/page-keys.ts';
import { Picture } from '../../components/picture.tsx';
import { useSeat } from '../../components/shell.tsx';
import { RightProduct } from '../../components/tester/right-product.tsx';

type Shown = { productId: string; title: string; url: string | null };
export type Pair = {
  id: string;
  image: string;
  url: string | null;
  /** The first product that is said to be right; null where nothing is. `known`: the catalog has it. */
  right: (Shown & { known: boolean }) | null;
};
type Props = { catalog: string; pairs: Pair[]; mayWrite: boolean };

/** Photos with the product that is right. `J K` go from one to the next, `R` says anew which product it is. */
export function PairList({ catalog, pairs, mayWrite }: Props) {
  const t = useTranslations('testSets');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const list = useRef<HTMLUListElement>(null);
  const [asked, setAsked] = useState<Pair | null>(null);
  const ask = (pair: Pair | undefined): void => {
    if (!pair || !mayWrite) return;
    clear();
    setAsked(pair);
  };
  usePageKeys((event) => {
    if (!isPlain(event)) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button.match') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const key = event.key.toLowerCase();
    const step = key === 'j' ? 1 : key === 'k' ? -1 : 0;
    if (step !== 0) buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
    else if (key === 'r') ask(pairs[Math.max(0, at)]);
    else return;
    event.preventDefault();
  });
  const save = (productIds: string[]) =>
    run(
      () => trpcFor(slug).quality.setRight.mutate({ queryId: asked?.id ?? '', productIds }),
      () => setAsked(null),
    );
  return (
    <>
      <ul className="pairs" ref={list}>
        {pairs.map((pair) => (
          <li key={pair.id}>
            <button
              type="button"
              className="match"
              disabled={!mayWrite}
              title={mayWrite ? t('setRight') : undefined}
              onClick={() => ask(pair)}
            >
              <Picture url={pair.url} alt={pair.image} />
              <span aria-hidden="true">→</span>
              <Picture url={pair.right?.url ?? null} alt="" />
              <span className={pair.right && !pair.right.known ? 'meta warn clip' : 'meta t2 clip'}>
                {pair.right === null
                  ? t('nothingRight')
                  : pair.right.known
                    ? pair.right.title
                    : t('unknown', { product: pair.right.productId })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <RightProduct
        open={asked !== null}
        catalog={catalog}
        found={asked?.right?.known ? [asked.right] : []}
        busy={busy}
        fault={fault}
        label={t('setRight')}
        onSave={(ids) => void save(ids)}
        onClose={() => setAsked(null)}
      />
    </>
  );
}
