'use client';
import { Camera } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useSeat } from '../shell.tsx';
import { BoxEditor } from './box-editor.tsx';
import { Results } from './results.tsx';
import { TesterEmpty } from './tester-empty.tsx';
import { useSearch } from './use-search.ts';
import { type Weights, WhyBox } from './why-box.tsx';

export type TesterProps = {
  catalog: string | null;
  version: number;
  weights: Weights;
  samples: { url: string; name: string }[];
  /** A stored product whose own picture is the photo. */
  product: { productId: string; url: string } | null;
};

export function Tester({ catalog, version, weights, samples, product }: TesterProps) {
  const t = useTranslations('tester');
  const { slug } = useSeat();
  const { state, choosePhoto, searchBox, hold } = useSearch(slug, catalog);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { photo, first, answer, box } = state;
  const objects = first?.objects ?? [];

  function takeFile(file: File | null | undefined): void {
    if (file) choosePhoto({ url: URL.createObjectURL(file), file });
  }
  async function takeSample(url: string): Promise<void> {
    const blob = await (await fetch(url)).blob();
    takeFile(new File([blob], 'sample.jpg', { type: blob.type }));
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the product that the address names.
  useEffect(() => {
    if (product) choosePhoto({ url: product.url, file: null, productId: product.productId });
  }, [product?.productId]);
  useEffect(() => {
    function onPaste(event: ClipboardEvent): void {
      const file = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith('image/'));
      if (file) choosePhoto({ url: URL.createObjectURL(file), file });
    }
    function onKey(event: KeyboardEvent): void {
      const target = event.target as HTMLElement;
      if (target.closest('input, textarea, select') || event.metaKey || event.ctrlKey || event.isComposing)
        return;
      const chosen = objects[Number(event.key) - 1];
      if (event.key === '0') searchBox([0, 0, 1, 1], 'now');
      else if (chosen) searchBox(chosen.box, 'now');
    }
    window.addEventListener('paste', onPaste);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('keydown', onKey);
    };
  }, [choosePhoto, searchBox, objects]);

  const image = answer ?? first;
  const shown = photo && image ? { url: photo.url, ...sizeOf(image.image) } : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button and paste do the same without a pointer.
    <div
      className={photo ? 'tester' : 'tester bare'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        takeFile(event.dataTransfer.files[0]);
      }}
    >
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
      {photo ? (
        <>
          <div className="stage">
            <BoxEditor
              url={photo.url}
              image={image ? sizeOf(image.image) : null}
              box={box}
              detected={first?.box ?? null}
              objects={objects}
              busy={state.busy}
              onHold={hold}
              onSearch={searchBox}
            />
            {shown && objects.length > 0 && (
              <WhyBox
                objects={objects}
                box={box}
                weights={weights}
                photo={shown}
                onChoose={(next) => searchBox(next, 'now')}
              />
            )}
            <div className="film">
              <button type="button" className="btn pri" onClick={() => input.current?.click()}>
                <Camera />
                {t('newPhoto')}
              </button>
              <span className="hint">{t('hint')}</span>
              <ul>
                {samples.slice(0, 4).map((each, i) => (
                  <li key={each.url}>
                    <button
                      type="button"
                      className="print"
                      aria-label={each.name || t('sample', { number: i + 1 })}
                      onClick={() => void takeSample(each.url)}
                    >
                      <img src={each.url} alt="" />
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          </div>
          <Results
            state={state}
            version={version}
            catalog={catalog}
            photo={shown}
            onWhole={() => searchBox([0, 0, 1, 1], 'now')}
          />
        </>
      ) : (
        <TesterEmpty samples={samples} onPick={() => input.current?.click()} onSample={takeSample} />
      )}
    </div>
  );
}

const sizeOf = ({ width, height }: { width: number; height: number }) => ({ width, height });
