'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Dialog } from '../dialog.tsx';
import { DialogEnd } from '../dialog-end.tsx';
import { useSeat } from '../shell.tsx';

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
          <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
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
          </DialogEnd>
        </Dialog>
      )}
    </>
  );
}
