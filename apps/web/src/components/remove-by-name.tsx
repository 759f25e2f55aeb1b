'use client';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useAction } from '../client/use-action.ts';
import { DialogEnd } from './dialog-end.tsx';
import { Modal } from './modal.tsx';

type Words = { open: string; title: string; lead: string; button: string };
type Props = {
  /** What has to be typed. */
  name: string;
  words: Words;
  /** Of the button that opens the dialog. */
  className?: string;
  /** What that button is called where its word alone stands many times on a page. */
  label?: string;
  remove(): Promise<unknown>;
  onRemoved(): void;
};

/** A button that takes something away for good, after its name was typed. */
export function RemoveByName({ name, words, className = 'btn ghost', label, remove, onRemoved }: Props) {
  const t = useTranslations('state');
  const { busy, fault, run, clear } = useAction();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const isTyped = typed.trim() === name.trim();
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!isTyped) return;
    void run(remove, () => {
      setOpen(false);
      onRemoved();
    });
  }
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={label}
        onClick={() => {
          clear();
          setTyped('');
          setOpen(true);
        }}
      >
        <Trash2 />
        {words.open}
      </button>
      <Modal open={open} title={words.title} onClose={() => setOpen(false)}>
        <p className="sub">{words.lead}</p>
        <form onSubmit={submit}>
          <label className="field">
            <span>{t('typeName', { name })}</span>
            <input
              className="input"
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
            <button type="submit" className="btn danger" disabled={busy || !isTyped}>
              {words.button}
            </button>
          </DialogEnd>
        </form>
      </Modal>
    </>
  );
}
