'use client';
import { ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DropdownMenu } from 'radix-ui';
import { Logo } from './logo.tsx';
import type { ShellSeat } from './shell.tsx';

export function TenantSwitch({ seat }: { seat: ShellSeat }) {
  const t = useTranslations();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="tenant" aria-label={`${seat.name}: ${t('shell.switchWorkspace')}`}>
        <Logo />
        <span>{seat.name}</span>
        <ChevronsUpDown className="sw" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="floating" align="start" sideOffset={4}>
          {seat.workspaces.map((each) => (
            <DropdownMenu.Item key={each.slug} asChild>
              <a href={`/${encodeURIComponent(each.slug)}/overview`}>
                <span>{each.name}</span>
                <span className="t3 meta">{t(`role.${each.role}`)}</span>
              </a>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
