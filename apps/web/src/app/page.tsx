import { listWorkspaces } from '@likeness/core/member/memberships';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Logo } from '../components/logo.tsx';
import { SignOutButton } from '../components/sign-out-button.tsx';
import { currentSession } from '../server/auth/current-session.ts';
import { getDeps } from '../server/composition.ts';

/** Leads to the first workspace, or to the sign-in. */
export default async function Page() {
  const user = await currentSession();
  if (!user) redirect('/sign-in');
  const [first] = await listWorkspaces(await getDeps(), { userId: user.userId });
  if (first) redirect(`/${encodeURIComponent(first.slug)}/overview`);
  const t = await getTranslations('signIn');
  return (
    <div className="signin">
      <main>
        <Logo />
        <h1>{t('noWorkspace')}</h1>
        <SignOutButton label={(await getTranslations('shell'))('signOut')} />
      </main>
    </div>
  );
}
