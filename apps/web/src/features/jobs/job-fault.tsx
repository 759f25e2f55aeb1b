import { useLocale, useTranslations } from 'next-intl';

/** Why a job failed: the server's own sentence in English; elsewhere what its code means, the sentence after it. */
export function JobFault({ error }: { error: { code: string; message: string } }) {
  const t = useTranslations('error');
  const code = error.code as 'internal';
  if (useLocale() === 'en' || !t.has(code)) return <span lang="en">{error.message}</span>;
  return (
    <>
      {t(code)}{' '}
      <span className="meta t3" lang="en">
        {error.message}
      </span>
    </>
  );
}
