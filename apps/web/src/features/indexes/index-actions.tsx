'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { type Check, CheckRow } from '../../components/check-row.tsx';
import { DialogEnd } from '../../components/dialog-end.tsx';
import { Modal } from '../../components/modal.tsx';
import { usePageLetter, usePageShiftLetter } from '../../components/page-keys.ts';
import { useSeat } from '../../components/shell.tsx';

type Choice = { id: string; task: 'embed' | 'detect' };

type BuildProps = {
  catalog: string;
  models: Choice[];
  /** The one action of its page: where nothing waits to be published. */
  primary: boolean;
};
export function BuildButton({ catalog, models, primary }: BuildProps) {
  const t = useTranslations('indexes.build');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [open, setOpen] = useState(false);
  usePageLetter('b', () => setOpen(true));
  const submit = (form: FormData): Promise<void> =>
    run(
      () =>
        trpcFor(slug).quality.build.mutate({
          catalog,
          embed: String(form.get('embed')),
          detect: String(form.get('detect')),
          promote: form.get('promote') === 'on',
        }),
      // Until the page shows the running job it would still say "Build…": the dialog stays above it.
      { shown: () => setOpen(false) },
    );
  return (
    <>
      <button type="button" className={primary ? 'btn pri' : 'btn'} onClick={() => setOpen(true)}>
        <Plus />
        {t('open')}
      </button>
      <Modal open={open} title={t('title')} onClose={() => setOpen(false)}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit(new FormData(event.currentTarget));
          }}
        >
          <Models task="embed" models={models} label={t('embed')} />
          <Models task="detect" models={models} label={t('detect')} none={t('whole')} />
          <label className="check">
            <input type="checkbox" name="promote" />
            <span>{t('promote')}</span>
          </label>
          <p className="meta t2">{t('note')}</p>
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

type ModelsProps = { task: Choice['task']; models: Choice[]; label: string; none?: string };
function Models({ task, models, label, none }: ModelsProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <select className="select" name={task}>
        {models
          .filter((each) => each.task === task)
          .map((each) => (
            <option key={each.id} value={each.id}>
              {each.id}
            </option>
          ))}
        {none && <option value="none">{none}</option>}
      </select>
    </label>
  );
}

type PublishProps = {
  catalog: string;
  version: { id: string; number: number };
  /** What is live as this page knows it: published over nothing else. */
  live: { id: string; number: number } | null;
  /** What is known of it, to look at before deciding. */
  checks: Check[];
  /** The one action of its page; ⇧P opens it. */
  primary?: boolean;
  /** Opened by ⇧P though it is not the page's one action. */
  keyed?: boolean;
};
/** Says what shoppers will get before anything live changes. */
export function PublishButton({
  catalog,
  version,
  live,
  checks,
  primary = false,
  keyed = primary,
}: PublishProps) {
  const t = useTranslations('indexes.publish');
  const check = useTranslations('indexes.check');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [open, setOpen] = useState(false);
  const { number } = version;
  usePageShiftLetter('P', keyed ? () => setOpen(true) : null);
  return (
    <>
      <button type="button" className={primary ? 'btn pri' : 'btn sm'} onClick={() => setOpen(true)}>
        {t('open', { number })}
      </button>
      <Modal open={open} title={t('title', { number })} onClose={() => setOpen(false)}>
        <div className="stack">
          <p className="t2">{live === null ? t('first') : t('replaces', { live: live.number })}</p>
          <CheckRow checks={checks} label={check('label')} />
          <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
            <button
              type="button"
              className="btn pri"
              disabled={busy}
              onClick={() =>
                void run(
                  () =>
                    trpcFor(slug).quality.promote.mutate({
                      catalog,
                      indexVersionId: version.id,
                      from: live?.id ?? null,
                    }),
                  { shown: () => setOpen(false) },
                )
              }
            >
              {t('button', { number })}
            </button>
          </DialogEnd>
        </div>
      </Modal>
    </>
  );
}
