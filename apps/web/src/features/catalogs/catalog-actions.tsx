'use client';
import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { usePageLetter } from '../../components/page-keys.ts';
import { ImportDialog } from './import-dialog.tsx';

/** The page's one action, also by the key I. */
export function ImportButton({ catalogs, open: first }: { catalogs: string[]; open: boolean }) {
  const t = useTranslations('catalogs.import');
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(first), [first]);
  usePageLetter('i', () => setOpen(true));
  return (
    <>
      <button type="button" className="btn pri" onClick={() => setOpen(true)}>
        <Upload />
        {t('open')}
      </button>
      <ImportDialog open={open} catalogs={catalogs} onClose={() => setOpen(false)} />
    </>
  );
}
