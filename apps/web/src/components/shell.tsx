'use client';
import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { signOut } from '../client/sign-out.ts';
import { JumpPalette } from './jump-palette.tsx';
import { KeyList } from './key-list.tsx';
import { Logo } from './logo.tsx';
import { OutOfReach } from './out-of-reach.tsx';
import { Preferences } from './preferences.tsx';
import { GROUPS } from './sections.ts';
import { SessionEnded } from './session-ended.tsx';
import { TenantSwitch } from './tenant-switch.tsx';

export type ShellSeat = {
  slug: string;
  name: string;
  workspaces: { slug: string; name: string; role: 'owner' | 'member' }[];
  products: number;
  /** Sections in which a job runs now. */
  running: string[];
  hidden: string[];
};

const SeatContext = createContext<{ slug: string; openMenu(): void }>({ slug: '', openMenu: () => {} });
/** The slug of the tenant whose pages these are, and the way to the menu on small screens. */
export const useSeat = () => useContext(SeatContext);

export function Shell({ seat, foot, children }: { seat: ShellSeat; foot: ReactNode; children: ReactNode }) {
  const t = useTranslations('shell');
  const format = useFormatter();
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [pathname]);
  const rail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const opener = document.activeElement;
    rail.current?.querySelector<HTMLElement>('a, button')?.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setOpen(false);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [open]);

  return (
    <SeatContext value={{ slug: seat.slug, openMenu: () => setOpen(true) }}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <div className="shell">
        {open && (
          <button
            type="button"
            className="scrim"
            aria-label={t('closeMenu')}
            onClick={() => setOpen(false)}
          />
        )}
        <div ref={rail} className={open ? 'rail open' : 'rail'}>
          <TenantSwitch seat={seat} />
          <div className="jumprow">
            <JumpPalette slug={seat.slug} hidden={seat.hidden} />
            <KeyList />
          </div>
          <nav aria-label={t('nav')}>
            {GROUPS.map((group) => (
              <div className="nav" key={group.name ?? 'daily'}>
                {group.name && <div className="cap">{t(`group.${group.name}`)}</div>}
                {group.sections
                  .filter((section) => !seat.hidden.includes(section.name))
                  .map(({ name, path, Icon }) => {
                    const href = `/${encodeURIComponent(seat.slug)}/${path}`;
                    const here = pathname === href || pathname.startsWith(`${href}/`);
                    return (
                      <Link key={name} href={href} aria-current={here ? 'page' : undefined}>
                        <Icon />
                        {t(`page.${name}`)}
                        {seat.running.includes(name) ? (
                          <span className="dot" />
                        ) : (
                          name === 'products' && (
                            <span className="n">{seat.products ? format.number(seat.products) : ''}</span>
                          )
                        )}
                      </Link>
                    );
                  })}
              </div>
            ))}
          </nav>
          <div className="livegap" />
          {foot}
          <div className="prefs">
            <Preferences />
            <button
              type="button"
              className="icon"
              title={t('signOut')}
              aria-label={t('signOut')}
              onClick={() => void signOut()}
            >
              <LogOut />
            </button>
          </div>
        </div>
        <main id="content">
          <OutOfReach />
          {children}
        </main>
      </div>
      <SessionEnded />
    </SeatContext>
  );
}

export function MenuButton() {
  const t = useTranslations('shell');
  const { openMenu } = useSeat();
  return (
    <button type="button" className="menu" aria-label={t('openMenu')} onClick={openMenu}>
      <Logo />
    </button>
  );
}
