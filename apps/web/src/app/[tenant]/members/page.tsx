import { listMembers } from '@likeness/core/member/memberships';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { AddMember } from '../../../components/members/add-member.tsx';
import { MemberRole } from '../../../components/members/member-role.tsx';
import { RemoveMember } from '../../../components/members/remove-member.tsx';
import { PageBar } from '../../../components/page-bar.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function Page({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx, user, may } = await requireTenant((await params).tenant);
  const [t, role, format] = [
    await getTranslations('members'),
    await getTranslations('role'),
    await getFormatter(),
  ];
  const members = await listMembers(ctx);
  const mayWrite = may('members:write');
  const owners = members.filter((each) => each.role === 'owner').length;
  const isLastOwner = (role: string): boolean => role === 'owner' && owners === 1;
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]}>{mayWrite && <AddMember />}</PageBar>
      <div className="page">
        <h1>{t('finding', { count: members.length })}</h1>
        <p className="sub">{t('lead')}</p>
        <div className="scroll sec">
          <table className="rows narrow">
            <thead>
              <tr>
                <th>{t('name')}</th>
                <th>{t('role')}</th>
                <th className="r">{t('since')}</th>
                {mayWrite && <th aria-label={t('actions')} />}
              </tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <tr key={member.userId}>
                  <td className="c-wide">
                    <span className="person">
                      <span className="initial" aria-hidden="true">
                        {[...member.name][0]?.toUpperCase()}
                      </span>
                      <span>
                        <b>{member.name}</b>{' '}
                        {member.userId === user.userId && <span className="tag">{t('you')}</span>}
                        <span className="t2 meta">{member.email}</span>
                      </span>
                    </span>
                  </td>
                  <td className="c-left">
                    {mayWrite && !isLastOwner(member.role) ? (
                      <MemberRole
                        userId={member.userId}
                        name={member.name}
                        role={member.role}
                        self={member.userId === user.userId}
                      />
                    ) : (
                      role(member.role)
                    )}
                  </td>
                  <td className="r t2 c-off">{format.dateTime(member.since, { dateStyle: 'medium' })}</td>
                  {mayWrite && (
                    <td className="r c-right">
                      {isLastOwner(member.role) ? (
                        <span className="t2 meta" title={t('onlyOwnerLead')}>
                          {t('onlyOwner')}
                        </span>
                      ) : (
                        <RemoveMember userId={member.userId} name={member.name} />
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </>
  );
}
