import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { MenuButton } from './shell.tsx';

export type Crumb = { label: string; href?: string };

type Props = {
  crumbs: Crumb[];
  /** What the page is about, such as the catalog; stays beside the crumb. */
  scope?: ReactNode;
  /** At most three actions, the primary one last; on a phone they are the bar at the bottom. */
  children?: ReactNode;
};

/** Header of a page: where one is on the left, what one can do on the right. */
export function PageBar({ crumbs, scope, children }: Props) {
  return (
    <header className="bar">
      <MenuButton />
      <div className="crumb">
        {crumbs.map(({ label, href }, at) => (
          <Fragment key={label}>
            {at > 0 && <i>/</i>}
            {href ? <Link href={href}>{label}</Link> : <b>{label}</b>}
          </Fragment>
        ))}
      </div>
      {scope && <div className="scope">{scope}</div>}
      {children && <div className="end">{children}</div>}
    </header>
  );
}
