import { useFormatter, useTranslations } from 'next-intl';
import type { Measured } from '../../components/numbers/measured-share.ts';
import { PublishButton } from './index-actions.tsx';
import { versionChecks } from './version-checks.ts';

/** What the checks of a version read. */
export type Publishable = {
  id: string;
  number: number;
  products: number;
  failed: number;
  measured: { r1: number; n: number; ci: [number, number] } | null;
};
type Props = {
  catalog: string;
  version: Publishable;
  live: Publishable | null;
  /** Of the catalog. */
  products: number;
  primary?: boolean;
  /** ⇧P opens it. */
  keyed?: boolean;
};

/** Offers to publish a stored version, with what is known of it beside the live one. */
export function PublishVersion({ catalog, version, live, products, primary, keyed }: Props) {
  const check = useTranslations('indexes.check');
  const number = useTranslations('number');
  const format = useFormatter();
  const checks = versionChecks(
    { t: check, number, format },
    {
      version: { ...version, measured: measuredOf(version) },
      live: live && { number: live.number, measured: measuredOf(live) },
      products,
    },
  );
  return (
    <PublishButton
      catalog={catalog}
      version={{ id: version.id, number: version.number }}
      live={live && { id: live.id, number: live.number }}
      checks={checks}
      primary={primary}
      keyed={keyed}
    />
  );
}

const measuredOf = ({ measured }: Publishable): Measured | null =>
  measured && { ...measured, share: measured.r1 };
