'use client';
import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ImportDialog } from './import-dialog.tsx';

/** The page's one action, also by the key I. */
export function ImportButton({ catalogs, open: first }: { catalogs: string[]; open: boolean }) {
  const t = useTranslations('catalogs.import');
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(first), [first]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement | null;
      const plain = !event.isComposing && !event.metaKey && !event.ctrlKey && !event.altKey;
      if (plain && event.key === 'i' && !target?.closest('input, textarea, select, dialog')) setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
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
