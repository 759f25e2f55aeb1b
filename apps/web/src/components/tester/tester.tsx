'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { isPlain, usePageKeys } from '../page-keys.ts';
import { useSeat } from '../shell.tsx';
import { BoxEditor } from './box-editor.tsx';
import { sameBox, WHOLE } from './box-geometry.ts';
import { Film } from './film.tsx';
import { photoAddress } from './photo-address.ts';
import { Results } from './results.tsx';
import { ShrinkingPhoto } from './shrinking-photo.tsx';
import { TesterEmpty } from './tester-empty.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { usePhotoAddress } from './use-photo-address.ts';
import { useSearch } from './use-search.ts';
import { type Weights, WhyBox, WhyStored } from './why-box.tsx';

export type TesterProps = {
  catalog: string | null;
  weights: Weights;
  samples: { url: string; name: string }[];
  /** A stored product whose own picture is the photo. */
  product: { productId: string; url: string } | null;
  /** Why the product that the address names cannot be searched with. */
  absent: string | null;
};

const isUndo = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'z' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey;

export function Tester({ catalog, weights, samples, product, absent }: TesterProps) {
  const t = useTranslations('tester');
  const { slug } = useSeat();
  const { state, choosePhoto, leave, searchBox, undo, hold, again } = useSearch(slug, catalog);
  const [ratio, setRatio] = useState(1);
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

  const image = answer ?? first;
  const shown = photo && image ? { url: photo.url, ...sizeOf(image.image) } : null;
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
          <div className="stage">
            <ShrinkingPhoto ratio={ratio}>
              <BoxEditor
                url={photo.url}
                image={image ? sizeOf(image.image) : null}
                box={box}
                objects={objects}
                stored={stored}
                busy={state.busy}
                onRatio={setRatio}
                onHold={hold}
                onSearch={searchBox}
              />
            </ShrinkingPhoto>
            {shown && objects.length > 0 && (
              <WhyBox
                objects={objects}
                box={box}
                weights={weights}
                photo={shown}
                onChoose={(next) => searchBox(next, 'now')}
              />
            )}
            {sameBox(stored, box) && <WhyStored />}
            <Film samples={samples} onPick={() => input.current?.click()} onSample={takeSample} />
          </div>
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

const sizeOf = ({ width, height }: { width: number; height: number }) => ({ width, height });
