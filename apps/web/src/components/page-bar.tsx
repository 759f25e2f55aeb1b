import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { MenuButton } from './shell.tsx';

export type Crumb = { label: string; href?: string };

/** Header of a page: where one is on the left, at most three actions on the right, the primary one last. */
export function PageBar({ crumbs, children }: { crumbs: Crumb[]; children?: ReactNode }) {
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
      {children && <div className="end">{children}</div>}
    </header>
  );
}
