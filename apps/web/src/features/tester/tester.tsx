'use client';
import './tester.css';
import type { TenantSettings } from '@likeness/contracts/tenant-settings';
import { Camera } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Picture } from '../../components/picture.tsx';
import { useSeat } from '../../components/shell.tsx';
import { Toast } from '../../components/toast.tsx';
import { BoxEditor } from './box-editor.tsx';
import { Results } from './results.tsx';
import { SaveQuery } from './save-query.tsx';
import { type Tester as TesterState, useTester } from './use-tester.ts';
import { WhyBox } from './why-box.tsx';

type Props = {
  catalog: string;
  weights: TenantSettings['boxWeights'];
  samples: { id: string; url: string }[];
  testSets: string[];
};

/** See what a shopper would see, and why. */
export function Tester({ catalog, weights, samples, testSets }: Props) {
  const t = useTranslations('search');
  const { slug } = useSeat();
  const tester = useTester({ slug, catalog });
  const [saving, setSaving] = useState(false);
  const [toast, setToast] = useState<string | null>(null);
  usePastedPhoto(tester);
  useObjectKeys(tester, () => setSaving(true));
  const { photo, found } = tester;
  const film = <Film tester={tester} samples={samples} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a photo has buttons beside it that do the same.
    <div
      className={photo ? 'tester' : 'tester bare'}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        openFile(tester, event.dataTransfer.files[0]);
      }}
    >
      {photo ? (
        <Stage tester={tester} weights={weights}>
          {film}
        </Stage>
      ) : (
        <div className="drop">
          <h1>{t('empty')}</h1>
          <p className="sub">{t(samples.length ? 'emptyMore' : 'emptyDrop')}</p>
          {film}
        </div>
      )}
      {photo && (
        <section className="res" aria-label={t('results')}>
          {tester.fault && <Fault code={tester.fault} />}
          {found ? (
            <Results
              tester={tester}
              found={found}
              aspect={found.image.width / found.image.height}
              catalog={catalog}
              onSave={() => setSaving(true)}
            />
          ) : (
            !tester.fault && <Waiting />
          )}
        </section>
      )}
      {found && (
        <SaveQuery
          key={found.requestId}
          tester={tester}
          catalog={catalog}
          testSets={testSets}
          open={saving}
          onClose={(saved) => {
            setSaving(false);
            if (saved) setToast(t('save.done'));
          }}
        />
      )}
      <Toast text={toast} onGone={() => setToast(null)} />
    </div>
  );
}

function Stage({
  tester,
  weights,
  children,
}: {
  tester: TesterState;
  weights: Props['weights'];
  children: ReactNode;
}) {
  const t = useTranslations('search');
  const { photo, found, box, manual } = tester;
  if (!photo) return null;
  const objects = found?.objects ?? [];
  const chosen = objects.find((each) => each.box.every((v, i) => Math.abs(v - (box?.[i] ?? 9)) < 0.002));
  const number = objects.findIndex((each) => each === chosen) + 1;
  const word =
    chosen?.label && chosen.label !== 'object' ? chosen.label : t('object', { number: number || 1 });
  return (
    <section className="stage" aria-label={t('photo')}>
      <div className="pw">
        <BoxEditor
          url={photo.url}
          source={found ? found.image : null}
          objects={objects}
          box={box}
          label={manual || !chosen ? t('yourBox') : word}
          score={manual ? null : (chosen?.score ?? null)}
          onChange={tester.change}
          onPick={tester.pick}
          onSearch={tester.searchNow}
          onUndo={tester.undo}
          onReset={tester.reset}
        />
      </div>
      {found && (
        <WhyBox
          url={photo.url}
          aspect={found.image.width / found.image.height}
          objects={objects}
          weights={weights}
          chosen={box}
          manual={manual || (box !== null && !chosen)}
          onPick={tester.pick}
        />
      )}
      {children}
    </section>
  );
}

function Film({ tester, samples }: { tester: TesterState; samples: Props['samples'] }) {
  const t = useTranslations('search');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="film">
      <button type="button" className="btn pri" onClick={() => input.current?.click()}>
        <Camera />
        {t('newPhoto')}
      </button>
      <input
        ref={input}
        className="vh"
        type="file"
        accept="image/*"
        aria-label={t('newPhoto')}
        tabIndex={-1}
        data-testid="photo-file"
        onChange={(event) => {
          openFile(tester, event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <span className="hint">{t('hint')}</span>
      {samples.length > 0 && (
        <ul>
          {samples.map((sample, at) => (
            <li key={sample.id}>
              <button
                type="button"
                aria-label={t('sample', { number: at + 1 })}
                data-testid="sample"
                onClick={() => void tester.openUrl(sample.url)}
              >
                <Picture url={sample.url} alt="" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Fault({ code }: { code: string }) {
  const t = useTranslations('error');
  return (
    <p className="notice bad" role="alert">
      {t.has(code as 'generic') ? t(code as 'generic') : t('generic')}
    </p>
  );
}

function Waiting() {
  return (
    <div className="waiting" aria-hidden="true">
      <div className="skel wide" />
      {['a', 'b', 'c', 'd', 'e', 'f'].map((each) => (
        <div key={each} className="skel tile" />
      ))}
    </div>
  );
}

function openFile(tester: TesterState, file: File | undefined): void {
  if (file) tester.open(file, file.name);
}

function usePastedPhoto(tester: TesterState): void {
  const { open } = tester;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const file = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith('image/'));
      if (file) open(file, file.name);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [open]);
}

/** 1–9 an object, 0 the whole photo, S save. */
function useObjectKeys(tester: TesterState, save: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement | null;
      if (event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
      if (target?.closest('input, textarea, select, dialog')) return;
      if (event.key === '0' && tester.photo) tester.pick([0, 0, 1, 1]);
      else if (/^[1-9]$/.test(event.key)) {
        const object = tester.found?.objects[Number(event.key) - 1];
        if (object) tester.pick(object.box);
      } else if (event.key === 's' && tester.found?.image.id && tester.found.products.length) save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [tester, save]);
}
