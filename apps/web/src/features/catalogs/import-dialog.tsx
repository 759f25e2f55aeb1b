'use client';
import { catalogNameSchema } from '@likeness/contracts/catalog-name';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { postForm } from '../../client/post-form.ts';
import { useAction } from '../../client/use-action.ts';
import { DialogEnd } from '../../components/dialog-end.tsx';
import { Modal } from '../../components/modal.tsx';
import { useSeat } from '../../components/shell.tsx';
import { AttributeColumns } from './attribute-columns.tsx';
import { ExampleTable } from './example-table.tsx';
import { FieldColumns } from './field-columns.tsx';
import { readHead, type TableHead } from './read-head.ts';

type Props = { open: boolean; catalogs: string[]; onClose(): void };

/** A table, a ZIP of pictures, and which column is what; shown on the table's own first rows. */
export function ImportDialog({ open, catalogs, onClose }: Props) {
  const t = useTranslations('catalogs.import');
  const router = useRouter();
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const [catalog, setCatalog] = useState(catalogs[0] ?? '');
  const [head, setHead] = useState<TableHead>({ columns: [], rows: [] });
  const [mapping, setMapping] = useState<Record<string, string>>({});

  async function submit(form: FormData): Promise<void> {
    const body = new FormData();
    body.set('catalog', catalog);
    const chosen = Object.fromEntries(Object.entries(mapping).filter(([, column]) => column));
    body.set('mapping', JSON.stringify(chosen));
    for (const name of ['table', 'images']) {
      const file = form.get(name);
      if (file instanceof File && file.size > 0) body.set(name, file, file.name);
    }
    await run(
      () => {
        // The server would say the same, but not in the reader's language.
        if (!catalogNameSchema.safeParse(catalog).success) return Promise.reject({ code: 'catalogName' });
        if (!body.has('table') && !body.has('images')) return Promise.reject({ code: 'nothingChosen' });
        return postForm(`/api/console/${encodeURIComponent(slug)}/imports`, body);
      },
      () => {
        onClose();
        router.refresh();
      },
    );
  }

  return (
    <Modal open={open} title={t('title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        <label className="field">
          <span>{t('catalog')}</span>
          <input
            className="input"
            name="catalog"
            list="catalogs"
            required
            maxLength={100}
            value={catalog}
            placeholder={t('catalogExample')}
            onChange={(event) => setCatalog(event.target.value)}
          />
          <datalist id="catalogs">
            {catalogs.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </label>
        <label className="field">
          <span>{t('table')}</span>
          <input
            className="input file"
            type="file"
            name="table"
            accept=".csv,.tsv,.jsonl,.ndjson,text/csv"
            onChange={(event) => {
              clear();
              setMapping({});
              void readHead(event.target.files?.[0]).then(setHead);
            }}
          />
        </label>
        {head.columns.length === 0 && <ExampleTable />}
        {head.columns.length > 0 && (
          <>
            <FieldColumns head={head} mapping={mapping} onChange={setMapping} />
            <AttributeColumns columns={head.columns} mapping={mapping} onChange={setMapping} />
          </>
        )}
        <label className="field">
          <span>{t('images')}</span>
          <input
            className="input file"
            type="file"
            name="images"
            accept=".zip,application/zip"
            onChange={clear}
          />
        </label>
        <p className="meta t2">{t('note')}</p>
        <DialogEnd fault={fault} onCancel={onClose}>
          <button type="submit" className="btn pri" disabled={busy}>
            {t(busy ? 'sending' : 'button')}
          </button>
        </DialogEnd>
      </form>
    </Modal>
  );
}
