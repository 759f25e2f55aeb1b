'use client';
import { ROLES, type Role } from '@likeness/contracts/permissions';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Dialog } from '../dialog.tsx';
import { DialogEnd } from '../dialog-end.tsx';
import { useSeat } from '../shell.tsx';
import { Toast } from '../toast.tsx';

type Props = { userId: string; name: string; role: Role; self: boolean };

/** A change of role can be undone from its toast; giving up the own ownership cannot, so it is asked for first. */
export function MemberRole({ userId, name, role, self }: Props) {
  const t = useTranslations('members');
  const roleName = useTranslations('role');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const [asked, setAsked] = useState<Role | null>(null);
  const [done, setDone] = useState<{ text: string; undo: Role | null } | null>(null);
  const change = (next: Role, undo: Role | null): Promise<void> =>
    run(
      () => trpcFor(slug).members.changeRole.mutate({ userId, role: next }),
      () => {
        setAsked(null);
        setDone({ text: t('roleChanged', { name, role: roleName(next) }), undo });
      },
    );
  return (
    <>
      <select
        className="select"
        aria-label={t('roleOf', { name })}
        value={role}
        disabled={busy}
        onChange={(event) => {
          const next = event.target.value as Role;
          clear();
          if (self && role === 'owner') setAsked(next);
          else void change(next, role);
        }}
      >
        {ROLES.map((each) => (
          <option key={each} value={each}>
            {roleName(each)}
          </option>
        ))}
      </select>
      {fault && !asked && (
        <span className="bad meta" role="alert">
          ✕ {fault}
        </span>
      )}
      {asked && (
        <Dialog label={t('stepDown')} onClose={() => setAsked(null)}>
          <h2>{t('stepDown')}</h2>
          <div className="stack">
            <p className="t2">{t('stepDownLead')}</p>
            <DialogEnd fault={fault} onCancel={() => setAsked(null)}>
              <button
                type="button"
                className="btn danger"
                disabled={busy}
                onClick={() => void change(asked, null)}
              >
                {t('stepDownButton')}
              </button>
            </DialogEnd>
          </div>
        </Dialog>
      )}
      <Toast
        text={done?.text ?? null}
        onGone={() => setDone(null)}
        action={
          done?.undo ? { label: t('undo'), act: () => done.undo && void change(done.undo, null) } : undefined
        }
      />
    </>
  );
}
