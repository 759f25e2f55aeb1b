import { listAudit } from '@likeness/core/audit/list-audit';
import { nameSubjects } from '@likeness/core/audit/name-subjects';
import { listMembers } from '@likeness/core/member/memberships';
import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { PageBar } from '../../../components/page-bar.tsx';
import { auditWords, idsIn } from '../../../features/audit/audit-words.ts';
import { Changes } from '../../../features/audit/changes.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function Page({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx, tenant, may } = await requireTenant((await params).tenant);
  if (!may('audit:read')) notFound();
  const [t, format] = [await getTranslations('audit'), await getFormatter()];
  const [lines, members] = await Promise.all([listAudit(ctx, { limit: 100 }), listMembers(ctx)]);
  const people = new Map(members.map(({ userId, name }) => [userId, name]));
  const names = await nameSubjects(ctx, { ids: [...idsIn(lines), ...lines.map(({ actorId }) => actorId)] });
  const words = await auditWords({ names, people });
  const nameOf = (type: string, id: string): string => {
    const known = names.get(id);
    const name = people.get(id) ?? (known?.kind === 'named' ? known.name : undefined);
    return name ?? (t.has(`actor.${type as 'user'}`) ? t(`actor.${type as 'user'}`) : type);
  };
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]}>
        {lines.length > 0 && (
          <a
            className="btn pri"
            href={`/api/console/${encodeURIComponent(tenant.slug)}/audit`}
            download
            title={t('exportNote')}
          >
            <Download />
            {t('export')}
          </a>
        )}
      </PageBar>
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
                        {format.dateTime(line.at, { dateStyle: 'medium', timeStyle: 'short' })}
                      </time>
                    </td>
                    <td className="c-sub" title={line.actorId}>
                      {nameOf(line.actorType, line.actorId)}
                      {line.address && <span className="t3 meta address">{line.address}</span>}
                    </td>
                    <td className="c-name">{words.act(line)}</td>
                    <td className="t2 subject c-num2" title={line.subject}>
                      {words.subject(line)}
                    </td>
                    <td className="t2 changed c-wide">
                      <Changes changes={words.changes(line)} />
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
