'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../shell.tsx';
import { Conflict } from './conflict.tsx';
import { useDraft } from './use-draft.ts';

type Crop = { side: string; enlarge: boolean };
type Props = { side: number; enlarge: boolean; mayWrite: boolean };

const [SIDE_MIN, SIDE_MAX] = [32, 4096];
const same = (a: Crop, b: Crop): boolean => a.side === b.side && a.enlarge === b.enlarge;

/** How large a crop is before the model sees it: a version keeps what it was built with. */
export function CropSize({ side, enlarge, mayWrite }: Props) {
  const t = useTranslations('settings');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const { now, base, theirs, set, take } = useDraft<Crop>({ side: String(side), enlarge }, same);
  const [saved, setSaved] = useState(false);
  const value = Number(now.side);
  const valid = Number.isInteger(value) && value >= SIDE_MIN && value <= SIDE_MAX;
  const inWords = (crop: Crop): string =>
    t(crop.enlarge ? 'crop.enlarged' : 'crop.notEnlarged', { side: Number(crop.side) });
  function change(next: Crop): void {
    setSaved(false);
    set(next);
  }
  const save = (basedOn: Crop): Promise<void> =>
    run(
      () =>
        trpcFor(slug).workspace.updateSettings.mutate({
          cropSide: value,
          cropEnlarge: now.enlarge,
          basedOn: { cropSide: Number(basedOn.side), cropEnlarge: basedOn.enlarge },
        }),
      () => setSaved(true),
    );
  const isAsStored = value === side && now.enlarge === enlarge;
  return (
    <section className="sec">
      <h2>{t('crop.title')}</h2>
      <p className="sub">{t('crop.lead')}</p>
      <form
        style={{ marginTop: 14 }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (theirs === null) void save(base);
        }}
      >
        <div className="row">
          <input
            className="input"
            style={{ width: 110 }}
            type="number"
            min={SIDE_MIN}
            max={SIDE_MAX}
            aria-label={t('crop.side')}
            aria-invalid={!valid}
            value={now.side}
            disabled={!mayWrite}
            onChange={(event) => change({ ...now, side: event.target.value })}
          />
          <span className="t2">{t('crop.side')}</span>
        </div>
        <label className="row" style={{ margin: '12px 0' }}>
          <input
            type="checkbox"
            checked={now.enlarge}
            disabled={!mayWrite}
            onChange={(event) => change({ ...now, enlarge: event.target.checked })}
          />
          {t('crop.enlarge')}
        </label>
        <div className="row">
          <button
            type="submit"
            className="btn pri"
            disabled={!mayWrite || busy || !valid || isAsStored || theirs !== null}
          >
            {t('crop.save')}
          </button>
          <span role="status" className={valid && saved ? 'good' : 'bad'}>
            {!valid && `✕ ${t('crop.range', { min: SIDE_MIN, max: SIDE_MAX })}`}
            {valid && fault && theirs === null && `✕ ${fault}`}
            {valid && saved && !fault && `✓ ${t('saved')}`}
          </span>
        </div>
      </form>
      {theirs !== null && (
        <Conflict
          theirs={inWords(theirs)}
          mine={valid ? inWords(now) : now.side}
          busy={busy}
          fault={fault}
          valid={valid}
          onTake={() => {
            clear();
            take();
          }}
          onSave={() => void save(theirs)}
        />
      )}
    </section>
  );
}
