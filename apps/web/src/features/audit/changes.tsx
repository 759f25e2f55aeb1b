import { useTranslations } from 'next-intl';
import type { SaidChange } from './audit-words.ts';

const AT_ONCE = 3;

/** What changed, "before → after"; a long list opens by a click. */
export function Changes({ changes }: { changes: SaidChange[] }) {
  const t = useTranslations('audit');
  if (changes.length === 0) return '—';
  if (changes.length <= AT_ONCE)
    return (
      <ul className="changes">
        {changes.map((each) => (
          <One key={each.name} change={each} />
        ))}
      </ul>
    );
  return (
    <>
      <ul className="changes">
        {changes.slice(0, AT_ONCE).map((each) => (
          <One key={each.name} change={each} />
        ))}
      </ul>
      <details>
        <summary>{t('more', { count: changes.length - AT_ONCE })}</summary>
        <ul className="changes">
          {changes.slice(AT_ONCE).map((each) => (
            <One key={each.name} change={each} />
          ))}
        </ul>
      </details>
    </>
  );
}

function One({ change: { name, from, to } }: { change: SaidChange }) {
  const t = useTranslations('audit');
  return (
    <li>
      {name ? t('value', { name }) : ''}
      {from !== null && (to === null ? <s>{from}</s> : from)}
      {from !== null && to !== null && ' → '}
      {to !== null && <b>{to}</b>}
    </li>
  );
}
