'use client';
import { usePathname, useRouter } from 'next/navigation';

type Props = { catalogs: { id: string; name: string }[]; chosen: string; label: string };

/** The catalog that a page is about; it stands in the address. */
export function CatalogSwitch({ catalogs, chosen, label }: Props) {
  const router = useRouter();
  const pathname = usePathname();
  if (catalogs.length < 2) return <span className="t3">{catalogs[0]?.name}</span>;
  return (
    <select
      className="select"
      style={{ width: 'auto', height: 30 }}
      aria-label={label}
      value={chosen}
      onChange={(event) => router.push(`${pathname}?catalog=${encodeURIComponent(event.target.value)}`)}
    >
      {catalogs.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
