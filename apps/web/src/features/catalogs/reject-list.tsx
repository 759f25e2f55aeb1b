'use client';
import { useLocale, useTranslations } from 'next-intl';

export type Reject = { line: number | null; file: string | null; code: string; message: string };

/** The row itself could not be read; whatever else is listed came in without the part that could not. */
const SKIPPED = new Set([
  'row_broken',
  'product_id_reserved',
  'product_id_missing',
  'product_id_too_long',
  'product_id_reserved',
  'text_not_storable',
]);
/** Codes whose message of the server says more than the code: which cell, which value, which limit. */
const DETAILED = new Set([
  'row_broken',
  'product_id_too_long',
  'text_not_storable',
  'price_unreadable',
  'cells_beyond_header',
]);
const isSkipped = (each: Reject): boolean => SKIPPED.has(each.code) || each.line === null;

/** What an import did not take: whole rows and files apart from products that came in incomplete. */
export function RejectList({ rejects }: { rejects: Reject[] }) {
  const t = useTranslations('catalogs.reject');
  const groups = [
    { title: 'skipped', rows: rejects.filter(isSkipped) },
    { title: 'incomplete', rows: rejects.filter((each) => !isSkipped(each)) },
  ] as const;
  return groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => (
      <section key={title} className="rejects">
        <h3>{t(title, { count: rows.length })}</h3>
        <ul>
          {rows.map((each) => (
            <Row key={`${each.line}-${each.file}-${each.code}`} reject={each} />
          ))}
        </ul>
      </section>
    ));
}

function Row({ reject }: { reject: Reject }) {
  const t = useTranslations('catalogs');
  const reason = useReason();
  const locale = useLocale();
  const detailed = DETAILED.has(reject.code);
  return (
    <li>
      <span className="meta t2">
        {reject.line === null ? reject.file : t('reject.line', { line: reject.line })}
      </span>
      <span>
        {detailed && locale === 'en' ? reject.message : reason(reject)}
        {detailed && locale !== 'en' && (
          <span className="meta t3" lang="en">
            {' '}
            {reject.message}
          </span>
        )}
      </span>
    </li>
  );
}

/** The reason in the reader's language by its code; the server's own English where no text has that code. */
function useReason(): (reject: Reject) => string {
  const t = useTranslations('catalogs.reject.code');
  const errors = useTranslations('error');
  return ({ code, file, line, message }) => {
    if (t.has(code as never)) return t(code as never, { file: file ?? '' } as never);
    if (!errors.has(code as never)) return message;
    const text = errors(code as never);
    return file && line !== null ? `${file}: ${text}` : text;
  };
}
