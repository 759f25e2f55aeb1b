'use client';
import { useTranslations } from 'next-intl';

/** What a detector's label is called in the reader's language; labels of foreign models stay as they are. */
export function useObjectName(): (label: string) => string {
  const t = useTranslations('tester.label');
  return (label) => (t.has(label as 'object') ? t(label as 'object') : label);
}
