import { listAudit } from '@likeness/core/audit/list-audit';
import { listMembers } from '@likeness/core/member/memberships';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { PageBar } from '../../../components/page-bar.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function Page({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx, may } = await requireTenant((await params).tenant);
  if (!may('audit:read')) notFound();
  const [t, format] = [await getTranslations('audit'), await getFormatter()];
  const [lines, members] = await Promise.all([listAudit(ctx, { limit: 100 }), listMembers(ctx)]);
  const nameOf = (type: string, id: string): string => {
    const member = members.find((each) => each.userId === id);
    return member?.name ?? (t.has(`actor.${type as 'user'}`) ? t(`actor.${type as 'user'}`) : type);
  };
  const actOf = (action: string): string => {
    const key = action.replace('.', '_');
    return t.has(`action.${key as 'key_create'}`) ? t(`action.${key as 'key_create'}`) : action;
  };
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]} />
      <div className="page">
        <h1>{lines.length === 0 ? t('findingNone') : t('finding', { count: lines.length })}</h1>
        <p className="sub">{t('lead')}</p>
        {lines.length > 0 && (
          <div className="scroll sec">
            <table className="rows narrow">
              <thead>
                <tr>
                  <th>{t('time')}</th>
                  <th>{t('who')}</th>
                  <th>{t('act')}</th>
                  <th>{t('subject')}</th>
                  <th>{t('what')}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.id}>
                    <td className="t2 nowrap c-num">
                      <time dateTime={line.at.toISOString()} title={line.at.toISOString()}>
                        {format.dateTime(line.at, { dateStyle: 'short', timeStyle: 'short' })}
                      </time>
                    </td>
                    <td className="c-sub">{nameOf(line.actorType, line.actorId)}</td>
                    <td className="c-name">{actOf(line.action)}</td>
                    <td className="mono t2 c-num2">
                      {line.subject.slice(0, 4)}…{line.subject.slice(-6)}
                    </td>
                    <td className="t2 what c-wide">
                      {(line.after ?? line.before) ? <Details value={line.after ?? line.before} /> : '—'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </>
  );
}

/** The new state (of what was taken away, the old one) as names and values; what lies deeper is behind a click. */
function Details({ value }: { value: unknown }) {
  const entries =
    typeof value === 'object' && value !== null ? Object.entries(value) : [['', value] as const];
  const plain = entries.filter(([, each]) => typeof each !== 'object' || each === null);
  return (
    <details>
      <summary>
        {plain
          .slice(0, 3)
          .map(([name, each]) => (name ? `${name}: ${each}` : String(each)))
          .join(' · ') || '…'}
      </summary>
      <pre className="asis">{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
