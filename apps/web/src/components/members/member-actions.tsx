'use client';
import { ROLES, type Role } from '@likeness/contracts/permissions';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Dialog } from '../dialog.tsx';
import { useSeat } from '../shell.tsx';

export function MemberRole({ userId, name, role }: { userId: string; name: string; role: Role }) {
  const t = useTranslations('members');
  const roleName = useTranslations('role');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  return (
    <>
      <select
        className="select"
        aria-label={t('roleOf', { name })}
        value={role}
        disabled={busy}
        onChange={(event) => {
          const next = event.target.value as Role;
          void run(() => trpcFor(slug).members.changeRole.mutate({ userId, role: next }));
        }}
      >
        {ROLES.map((each) => (
          <option key={each} value={each}>
            {roleName(each)}
          </option>
        ))}
      </select>
      {fault && (
        <span className="bad meta" role="alert">
          ✕ {fault}
        </span>
      )}
    </>
  );
}

export function RemoveMember({ userId, name }: { userId: string; name: string }) {
  const t = useTranslations('members');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="btn ghost sm"
        aria-label={t('removeOf', { name })}
        onClick={() => {
          clear();
          setOpen(true);
        }}
      >
        {t('remove')}
      </button>
      {open && (
        <Dialog label={t('removeOf', { name })} onClose={() => setOpen(false)}>
          <h2>{t('removeOf', { name })}</h2>
          <p className="sub">{t('removeLead', { name })}</p>
          {fault && (
            <p className="notice bad" role="alert">
              ✕ {fault}
            </p>
          )}
          <div className="end">
            <button type="button" className="btn" onClick={() => setOpen(false)}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="btn danger"
              disabled={busy}
              onClick={() =>
                void run(
                  () => trpcFor(slug).members.remove.mutate({ userId }),
                  () => setOpen(false),
                )
              }
            >
              {t('remove')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
