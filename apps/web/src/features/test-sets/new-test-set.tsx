'use client';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { postForm } from '../../client/post-form.ts';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { DialogEnd } from '../../components/dialog-end.tsx';
import { Modal } from '../../components/modal.tsx';
import { NameField } from '../../components/name-field.tsx';
import { usePageLetter } from '../../components/page-keys.ts';
import { useSeat } from '../../components/shell.tsx';

type Props = {
  catalog: string;
  catalogName: string;
  /** Uploaded photos are evaluated with it at once; null where none is built. */
  version: string | null;
};

/** From held-out pictures of one's own goods, or from a table and photos. */
export function NewTestSet({ catalog, catalogName, version }: Props) {
  const t = useTranslations('testSets.new');
  const router = useRouter();
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [open, setOpen] = useState(false);
  const [way, setWay] = useState<'held' | 'upload'>('held');
  usePageLetter('n', () => setOpen(true));
  async function submit(form: FormData): Promise<void> {
    const name = String(form.get('name')).trim();
    form.set('name', name);
    const close = (): void => setOpen(false);
    if (way === 'held') {
      const limit = Number(form.get('limit')) || 200;
      return run(() => trpcFor(slug).quality.holdOut.mutate({ catalog, name, limit }), close);
    }
    form.set('catalog', catalogName);
    form.set('index_version', version ?? '');
    return run(
      () => postForm(`/api/console/${encodeURIComponent(slug)}/evaluations`, form),
      () => {
        close();
        router.push(`/${encodeURIComponent(slug)}/evaluations`);
      },
    );
  }
  return (
    <>
      <button type="button" className="btn pri" onClick={() => setOpen(true)}>
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
          <fieldset className="choices">
            <legend className="vh">{t('title')}</legend>
            {(['held', 'upload'] as const).map((each) => (
              <label key={each} className="check">
                <input
                  type="radio"
                  name="way"
                  checked={way === each}
                  disabled={each === 'upload' && !version}
                  onChange={() => setWay(each)}
                />
                <span>
                  <b>{t(`${each}.title`)}</b>
                  <span className="meta t2">
                    {t(each === 'upload' && !version ? 'upload.notBuilt' : `${each}.lead`)}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
          <NameField key={way} label={t('name')} defaultValue={t(`${way}.name`)} />
          {way === 'held' ? (
            <label className="field">
              <span>{t('limit')}</span>
              <input className="input" name="limit" type="number" min={1} max={5000} defaultValue={200} />
            </label>
          ) : (
            <>
              <label className="field">
                <span>{t('table')}</span>
                <input className="input file" type="file" name="queries" accept=".csv,text/csv" required />
              </label>
              <label className="field">
                <span>{t('images')}</span>
                <input className="input file" type="file" name="images" accept=".zip" required />
              </label>
              <p className="meta t2 mono">image,product_id[,groups][,x1,y1,x2,y2]</p>
            </>
          )}
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
