'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { DialogEnd } from '../../components/dialog-end.tsx';
import { Modal } from '../../components/modal.tsx';
import { useSeat } from '../../components/shell.tsx';

type Props = {
  catalog: string;
  testSets: { id: string; name: string; queries: number; boxes: number }[];
  versions: { id: string; number: number; live: boolean }[];
};

export function EvaluateButton({ catalog, testSets: all, versions }: Props) {
  const t = useTranslations('evaluations.start');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const testSets = all.filter((each) => each.queries > 0);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(testSets[0]?.id);
  const boxes = (testSets.find((each) => each.id === chosen) ?? testSets[0])?.boxes ?? 0;
  const submit = (form: FormData): Promise<void> =>
    run(
      () =>
        trpcFor(slug).quality.evaluate.mutate({
          catalog,
          testSetId: String(form.get('testSet')),
          indexVersion: String(form.get('version')),
          crop: form.get('crop') as 'auto' | 'given' | 'none',
        }),
      () => setOpen(false),
    );
  return (
    <>
      <button
        type="button"
        className="btn pri"
        disabled={testSets.length === 0 || versions.length === 0}
        onClick={() => setOpen(true)}
      >
        {t('open')}
      </button>
      <Modal open={open} title={t('title')} onClose={() => setOpen(false)}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit(new FormData(event.currentTarget));
          }}
        >
          <label className="field">
            <span>{t('testSet')}</span>
            <select
              className="select"
              name="testSet"
              value={chosen ?? testSets[0]?.id}
              onChange={(event) => setChosen(event.target.value)}
            >
              {testSets.map((each) => (
                <option key={each.id} value={each.id}>
                  {t('testSetOption', { name: each.name, count: each.queries })}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t('version')}</span>
            <select className="select" name="version">
              {versions.map((each) => (
                <option key={each.id} value={each.id}>
                  v{each.number}
                  {each.live ? ` · ${t('live')}` : ''}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t('crop')}</span>
            <select className="select" name="crop">
              <option value="auto">{t('auto')}</option>
              <option value="given" disabled={boxes === 0}>
                {t(boxes === 0 ? 'givenNone' : 'given')}
              </option>
              <option value="none">{t('whole')}</option>
            </select>
          </label>
          <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
            <button type="submit" className="btn pri" disabled={busy}>
              {t('button')}
            </button>
          </DialogEnd>
        </form>
      </Modal>
    </>
  );
}
