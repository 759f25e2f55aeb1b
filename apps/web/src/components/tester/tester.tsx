'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { isPlain, isUndo, usePageKeys } from '../page-keys.ts';
import { useSeat } from '../shell.tsx';
import { sameBox, WHOLE } from './box-geometry.ts';
import { Film } from './film.tsx';
import { photoAddress } from './photo-address.ts';
import { PhotoStage, shownOf } from './photo-stage.tsx';
import { Results } from './results.tsx';
import { TesterEmpty } from './tester-empty.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { usePhotoAddress } from './use-photo-address.ts';
import { useSearch } from './use-search.ts';
import type { Weights } from './why-box.tsx';

export type TesterProps = {
  catalog: string | null;
  weights: Weights;
  samples: { url: string; name: string }[];
  /** A stored product whose own picture is the photo. */
  product: { productId: string; url: string } | null;
  /** Why the product that the address names cannot be searched with. */
  absent: string | null;
};

export function Tester({ catalog, weights, samples, product, absent }: TesterProps) {
  const t = useTranslations('tester');
  const { slug } = useSeat();
  const { state, choosePhoto, leave, searchBox, undo, hold, again } = useSearch(slug, catalog);
  const input = useRef<HTMLInputElement>(null);
  const { photo, first, answer, box } = state;
  const objects = first?.objects ?? [];
  const stored = photo?.productId && objects.length === 0 ? (first?.box ?? null) : null;
  /** Nothing of it can be shown: the page asks for another photo as it asked for the first. */
  const refused = state.unreadable && !first ? state.fault : null;

  function takeFile(file: File | null | undefined): void {
    if (file) choosePhoto({ url: URL.createObjectURL(file), file });
  }
  const over = useFileDrop(takeFile);
  async function takeSample(url: string): Promise<void> {
    const blob = await (await fetch(url)).blob();
    takeFile(new File([blob], 'sample.jpg', { type: blob.type }));
  }
  function showProduct(): void {
    if (product) choosePhoto({ url: product.url, file: null, productId: product.productId });
    else leave();
  }
  useEffect(() => {
    if (product) showProduct();
  }, [product?.productId]);
  usePhotoAddress({
    kept: photo?.productId ? null : (first?.image.id ?? null),
    show: (imageId) => choosePhoto({ url: photoAddress(slug, imageId), file: null, imageId }),
    leave: showProduct,
  });
  useEffect(() => {
    function onPaste(event: ClipboardEvent): void {
      const file = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith('image/'));
      if (file) choosePhoto({ url: URL.createObjectURL(file), file });
    }
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [choosePhoto]);
  usePageKeys((event) => {
    if (isUndo(event)) {
      if (undo()) event.preventDefault();
      return;
    }
    if (!photo || !isPlain(event)) return;
    const detected = first?.box;
    const chosen = objects[Number(event.key) - 1];
    if (event.key === 'Escape' && detected) {
      if (!sameBox(detected, box)) searchBox(detected, 'now');
    } else if (event.key === '0') searchBox(WHOLE, 'now');
    else if (chosen) searchBox(chosen.box, 'now');
  });

  const shown = photo ? shownOf(photo.url, answer ?? first) : null;
  return (
    <div className={photo && !refused ? 'tester' : 'tester bare'}>
      <input
        ref={input}
        className="vh"
        type="file"
        accept="image/*"
        aria-label={t('choosePhoto')}
        tabIndex={-1}
        onChange={(event) => {
          takeFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {over && <div className="dropveil">{t('drop')}</div>}
      {photo && !refused ? (
        <>
          <PhotoStage
            state={state}
            url={photo.url}
            stored={stored}
            weights={weights}
            onHold={hold}
            onSearch={searchBox}
            onUndo={undo}
          >
            <Film samples={samples} onPick={() => input.current?.click()} onSample={takeSample} />
          </PhotoStage>
          <Results
            state={state}
            catalog={catalog}
            photo={shown}
            onWhole={() => searchBox(WHOLE, 'now')}
            onAgain={again}
          />
        </>
      ) : (
        <TesterEmpty
          samples={samples}
          refused={refused}
          absent={photo ? null : absent}
          onPick={() => input.current?.click()}
          onSample={takeSample}
        />
      )}
    </div>
  );
}
