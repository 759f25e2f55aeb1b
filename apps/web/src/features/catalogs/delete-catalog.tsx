'use client';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { DialogEnd } from '../../components/dialog-end.tsx';
import { Modal } from '../../components/modal.tsx';
import { useSeat } from '../../components/shell.tsx';

/** Deletes a catalog for good, after its name was typed. */
export function DeleteCatalog({ id, name }: { id: string; name: string }) {
  const t = useTranslations('catalogs.delete');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (typed.trim() !== name) return;
    void run(
      () => trpcFor(slug).catalog.delete.mutate({ catalog: id }),
      () => setOpen(false),
    );
  }
  return (
    <>
      <button
        type="button"
        className="btn ghost sm sheetact"
        onClick={() => {
          clear();
          setTyped('');
          setOpen(true);
        }}
      >
        <Trash2 />
        {t('open')}
      </button>
      <Modal open={open} title={t('title', { catalog: name })} onClose={() => setOpen(false)}>
        <p className="sub">{t('lead')}</p>
        <form onSubmit={submit}>
          <label className="field">
            <span>{t('type', { catalog: name })}</span>
            <input
              className="input"
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
            <button type="submit" className="btn danger" disabled={busy || typed.trim() !== name}>
              {t('button')}
            </button>
          </DialogEnd>
        </form>
      </Modal>
    </>
  );
}
