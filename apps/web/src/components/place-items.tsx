'use client';
import type { Place } from '@likeness/core/jump/find-places';
import { Command } from 'cmdk';
import { Box, KeyRound, Layers, type LucideIcon, User } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** What `value` of an item starts with that the server found: it is not filtered a second time. */
export const FOUND = 'found:';
const ICONS: Record<Place['kind'], LucideIcon> = {
  product: Box,
  version: Layers,
  key: KeyRound,
  member: User,
};

function addressOf(place: Place): string {
  const catalog = (id: string): string => `catalog=${encodeURIComponent(id)}`;
  if (place.kind === 'product')
    return `products/${encodeURIComponent(place.productId)}?${catalog(place.catalogId)}`;
  if (place.kind === 'version') return `indexes?${catalog(place.catalogId)}`;
  return place.kind === 'key' ? 'keys' : 'members';
}

type Words = { name: string; hint: string; mark: string };
function wordsOf(place: Place): Words {
  switch (place.kind) {
    case 'product':
      return {
        name: place.title || place.productId,
        hint: place.productId,
        mark: `${place.catalogId} ${place.productId}`,
      };
    case 'version':
      return {
        name: `v${place.number}`,
        hint: place.catalog,
        mark: `${place.catalogId} ${place.number}`,
      };
    case 'key':
      return { name: place.name, hint: place.hint, mark: place.keyId };
    default:
      return { name: place.name, hint: place.email, mark: place.userId };
  }
}

/** Products, versions, keys and people below the pages. */
export function PlaceItems({ places, go }: { places: Place[]; go(path: string): void }) {
  const t = useTranslations('shell.kind');
  return places.map((place) => {
    const Icon = ICONS[place.kind];
    const { name, hint, mark } = wordsOf(place);
    return (
      <Command.Item
        key={`${place.kind} ${mark}`}
        value={`${FOUND}${place.kind} ${mark}`}
        onSelect={() => go(addressOf(place))}
      >
        <Icon size={16} />
        <span className="clip">{name}</span>
        <span className="clip t3 meta">{hint}</span>
        <span className="t3 meta kind">{t(place.kind)}</span>
      </Command.Item>
    );
  });
}
