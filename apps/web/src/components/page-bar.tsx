import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { type CatalogScope, CatalogSwitch } from './catalog-switch.tsx';
import { MenuButton } from './shell.tsx';

export type Crumb = { label: string; href?: string };

type Props = {
  crumbs: Crumb[];
  /** The catalog that the page is about: the first crumb, and a switcher itself. */
  scope?: CatalogScope | undefined;
  /** At most three actions, the primary one last; on a phone they are the bar at the bottom. */
  children?: ReactNode;
};

/** Header of a page: where one is on the left, what one can do on the right. */
export function PageBar({ crumbs, scope, children }: Props) {
  return (
    <header className="bar">
      <MenuButton />
      <div className="crumb">
        {scope && (
          <>
            <CatalogSwitch {...scope} />
            <i>/</i>
          </>
        )}
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
