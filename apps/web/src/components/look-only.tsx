import type { Ctx } from '@likeness/core/context';
import { listMembers } from '@likeness/core/member/memberships';
import { getTranslations } from 'next-intl/server';

/** `%40` is what an address must not be written with: mail programs show it as it stands. */
const addressed = (email: string): string => encodeURIComponent(email).replaceAll('%40', '@');

/** Where the reader's role is too low for a page: who could change it, by name, and a letter to them. */
export async function LookOnly({ ctx, workspace }: { ctx: Ctx; workspace: string }) {
  const [t, members] = [await getTranslations('state'), await listMembers(ctx)];
  const owners = members.filter((each) => each.role === 'owner');
  const names = owners.map((each) => each.name).join(t('between'));
  const subject = encodeURIComponent(t('askSubject', { workspace }));
  return (
    <p className="notice" data-testid="look-only">
      <span>{t('readOnly', { names })}</span>
      <a
        className="link"
        href={`mailto:${owners.map((each) => addressed(each.email)).join(',')}?subject=${subject}`}
      >
        {t('ask')}
      </a>
    </p>
  );
}
