'use client';
import { csvCell } from '@likeness/contracts/csv-cell';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Modal } from '../../components/modal.tsx';
import { useSeat } from '../../components/shell.tsx';
import { type Reject, RejectList } from './reject-list.tsx';

/** "See the 7": what was not taken, with line and reason, and as a CSV. */
export function RejectsButton({ jobId, count }: { jobId: string; count: number }) {
  const t = useTranslations('catalogs');
  const state = useTranslations('state');
  const { slug } = useSeat();
  const { busy, run } = useAction();
  const [rejects, setRejects] = useState<Reject[] | null>(null);
  const show = (): Promise<void> =>
    run(
      () => trpcFor(slug).goods.rejects.query({ jobId }),
      (rows) => setRejects(rows),
    );
  return (
    <>
      <button type="button" className="btn sm" disabled={busy} onClick={() => void show()}>
        {t('seeRejects', { count })}
      </button>
      <Modal open={rejects !== null} title={t('rejects')} onClose={() => setRejects(null)}>
        <div className="stack">
          <RejectList rejects={rejects ?? []} />
          <div className="end">
            <button type="button" className="btn" onClick={() => setRejects(null)}>
              {state('close')}
            </button>
            <a className="btn" download="rejected.csv" href={csvOf(rejects ?? [])}>
              {t('asCsv')}
            </a>
          </div>
        </div>
      </Modal>
    </>
  );
}

function csvOf(rows: Reject[]): string {
  const lines = rows.map((row) => [row.line, row.file, row.code, row.message].map(csvCell).join(','));
  return `data:text/csv;charset=utf-8,${encodeURIComponent(['line,file,code,message', ...lines].join('\r\n'))}`;
}
