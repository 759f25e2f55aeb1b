'use client';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { isPlain, usePageKeys } from '../../components/page-keys.ts';
import { Picture } from '../../components/picture.tsx';
import { useSeat } from '../../components/shell.tsx';
import { type Right, RightProducts } from './right-products.tsx';

export type Pair = {
  id: string;
  image: string;
  url: string | null;
  /** The products that are said to be right; none where nothing is. */
  rights: Right[];
};
type Props = { catalog: string; pairs: Pair[]; mayWrite: boolean };
const PICTURES = 4;

/** Photos with the products that are right. `J K` go from one to the next, `R` says anew which products these are. */
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
              {pair.url ? (
                <Picture url={pair.url} alt={pair.image} />
              ) : (
                <span className="print missing">△ {t('noPhoto', { name: pair.image })}</span>
              )}
              <span aria-hidden="true">→</span>
              <Rights rights={pair.rights} />
            </button>
          </li>
        ))}
      </ul>
      <RightProducts
        open={asked !== null}
        catalog={catalog}
        rights={asked?.rights ?? []}
        busy={busy}
        fault={fault}
        onSave={(ids) => void save(ids)}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

/** The pictures of the right products, one large or several small, over their names. */
function Rights({ rights }: { rights: Right[] }) {
  const t = useTranslations('testSets');
  return (
    <>
      <span className={rights.length > 1 ? 'several' : undefined}>
        {(rights.length > 0 ? rights.slice(0, PICTURES) : [null]).map((right) => (
          <Picture key={right?.productId ?? ''} url={right?.url ?? null} alt="" />
        ))}
      </span>
      {rights.length === 0 && <span className="meta t2 clip">{t('nothingRight')}</span>}
      {rights.map(({ productId, title, known }) => (
        <span key={productId} className={known ? 'meta t2 clip' : 'meta warn clip'}>
          {known ? title : t('unknown', { product: productId })}
        </span>
      ))}
    </>
  );
}
