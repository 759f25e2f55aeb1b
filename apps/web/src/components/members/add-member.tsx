'use client';
import { ROLES, type Role } from '@likeness/contracts/permissions';
import { Copy, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Dialog } from '../dialog.tsx';
import { DialogEnd } from '../dialog-end.tsx';
import { NameField } from '../name-field.tsx';
import { useSeat } from '../shell.tsx';

/** `name` is the one that is kept: of somebody with an account their own, not what was typed. */
type Added = { name: string; typed: string; password: string | null };

/** Gives somebody a seat; a first password is shown once. */
export function AddMember() {
  const t = useTranslations('members');
  const role = useTranslations('role');
  const state = useTranslations('state');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const [open, setOpen] = useState(false);
  const [added, setAdded] = useState<Added | null>(null);
  const [copied, setCopied] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const name = String(data.get('name'));
    const input = { name, email: String(data.get('email')), role: data.get('role') as Role };
    void run(
      () => trpcFor(slug).members.add.mutate(input),
      ({ name: kept, password }) => {
        setOpen(false);
        setCopied(false);
        setAdded({ name: kept, typed: name.trim(), password });
      },
    );
  }

  return (
    <>
      <button
        type="button"
        className="btn pri"
        onClick={() => {
          clear();
          setOpen(true);
        }}
      >
        <Plus />
        {t('add')}
      </button>
      {open && (
        <Dialog label={t('add')} onClose={() => setOpen(false)}>
          <h2>{t('add')}</h2>
          <p className="sub">{t('addLead')}</p>
          <form onSubmit={submit}>
            <NameField label={t('theirName')} autoComplete="off" />
            <label className="field">
              <span>{t('email')}</span>
              <input className="input" name="email" type="email" required autoComplete="off" />
            </label>
            <label className="field">
              <span>{t('role')}</span>
              <select className="select" name="role" defaultValue="member">
                {ROLES.map((each) => (
                  <option key={each} value={each}>
                    {role(each)}
                  </option>
                ))}
              </select>
            </label>
            <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
              <button type="submit" className="btn pri" disabled={busy}>
                {t('add')}
              </button>
            </DialogEnd>
          </form>
        </Dialog>
      )}
      {added && (
        <Dialog label={t('add')} locked={added.password !== null} onClose={() => setAdded(null)}>
          <h2>{t('added', { name: added.name })}</h2>
          <p className="sub">{t(added.password ? 'firstPassword' : 'ownPassword')}</p>
          {added.name !== added.typed && (
            <p className="notice">{t('keptName', { name: added.name, typed: added.typed })}</p>
          )}
          {added.password && (
            <>
              <p className="secret mono chosen">{added.password}</p>
              <button
                type="button"
                className="btn"
                onClick={() =>
                  void navigator.clipboard?.writeText(added.password ?? '').then(() => setCopied(true))
                }
              >
                <Copy />
                {copied ? state('copied') : state('copy')}
              </button>
            </>
          )}
          <div className="end">
            <button type="button" className="btn pri" onClick={() => setAdded(null)}>
              {t('done')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
