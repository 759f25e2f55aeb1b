'use client';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { DialogEnd } from '../../components/dialog-end.tsx';
import { Modal } from '../../components/modal.tsx';
import { usePageShiftLetter } from '../../components/page-keys.ts';
import { useSeat } from '../../components/shell.tsx';
import { Toast } from '../../components/toast.tsx';

const REASONS = ['worse', 'missing', 'trial'] as const;
const REASON_MAX = 200;
type Version = { id: string; number: number };
/** What an undo does; the page has been read again since, and what is live and before live are others. */
type Switch = { to: Version; from: Version };
type Props = { catalog: string; live: Version; previous: Version };

/** One click on a usual reason is enough, or some words of one's own; the toast takes it back. */
export function RollBackButton({ catalog, live, previous }: Props) {
  const t = useTranslations('indexes');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<{ text: string; undo: Switch | null } | null>(null);
  usePageShiftLetter('R', () => setOpen(true));
  const rollBack = (reason: string): Promise<void> =>
    run(
      () => trpcFor(slug).quality.rollback.mutate({ catalog, reason, from: live.id }),
      () => {
        setOpen(false);
        setDone({ text: t('rolledBack', { number: previous.number }), undo: { to: live, from: previous } });
      },
    );
  const undo = ({ to, from }: Switch): Promise<void> =>
    run(
      () =>
        trpcFor(slug).quality.promote.mutate({
          catalog,
          indexVersionId: to.id,
          from: from.id,
          undoes: 'index.rollback',
        }),
      () => setDone({ text: t('rolledBack', { number: to.number }), undo: null }),
    );
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <Undo2 />
        {t('rollBack', { number: previous.number })}
      </button>
      <Modal open={open} title={t('back.title', { number: previous.number })} onClose={() => setOpen(false)}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void rollBack(String(new FormData(event.currentTarget).get('reason')));
          }}
        >
          <p className="t2">{t('back.lead', { live: live.number, previous: previous.number })}</p>
          <div className="row">
            {REASONS.map((each) => (
              <button
                key={each}
                type="button"
                className="chipx"
                disabled={busy}
                onClick={() => void rollBack(t(`back.reason.${each}`))}
              >
                {t(`back.reason.${each}`)}
              </button>
            ))}
          </div>
          <label className="field">
            <span>{t('back.other')}</span>
            <input className="input" name="reason" required maxLength={REASON_MAX} pattern=".*\S.*" />
          </label>
          <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
            <button type="submit" className="btn pri" disabled={busy}>
              {t('rollBack', { number: previous.number })}
            </button>
          </DialogEnd>
        </form>
      </Modal>
      <Toast
        text={(open ? null : fault) ?? done?.text ?? null}
        onGone={() => setDone(null)}
        action={
          done?.undo ? { label: t('back.undo'), act: () => done.undo && void undo(done.undo) } : undefined
        }
      />
    </>
  );
}
