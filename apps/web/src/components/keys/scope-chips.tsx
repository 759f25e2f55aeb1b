import { SCOPES, type Scope } from '@likeness/contracts/scopes';
import { useTranslations } from 'next-intl';

/** What a key may do, scope by scope; a key with all of them says that. */
export function ScopeChips({ scopes }: { scopes: readonly Scope[] }) {
  const t = useTranslations('keys');
  if (SCOPES.every((each) => scopes.includes(each)))
    return (
      <span className="tag" title={scopes.join(', ')}>
        {t('allScopes', { count: scopes.length })}
      </span>
    );
  return (
    <span className="scopechips">
      {scopes.map((each) => (
        <span key={each} className="tag mono">
          {each}
        </span>
      ))}
    </span>
  );
}
