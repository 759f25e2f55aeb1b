'use client';
import { useTranslations } from 'next-intl';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { isPlain, usePageKeys } from '../../components/page-keys.ts';
import { useSeat } from '../../components/shell.tsx';
import type { GalleryTab } from '../../server/view/evaluation-gallery.ts';
import { GalleryPhoto } from './gallery-photo.tsx';

type TabKey = GalleryTab['key'];
type Props = {
  tabs: GalleryTab[];
  evaluation: string;
  /** The evaluation that it is compared with. */
  before: string | undefined;
  /** What each side is called, the earlier first. */
  names: string[];
};
/** Won, lost, both wrong. */
const KEYS: Record<string, TabKey> = { w: 'won', l: 'lost', b: 'neither' };
const TONES: Record<string, string> = { won: 'good', lost: 'bad', first: 'good' };

/** One bar cut by counts is the list of tabs (a count of 0 has a name, but no part of the bar); below it the photos, what came first and where the right one was. */
export function Gallery({ tabs, evaluation, before, names }: Props) {
  const t = useTranslations('evaluations');
  const { slug } = useSeat();
  const wanted =
    tabs.find((each) => each.key === 'won' && each.count > 0) ?? tabs.find((each) => each.count > 0);
  const [open, setOpen] = useState<string>(wanted?.key ?? tabs[0]?.key ?? '');
  const photos = tabs.reduce((sum, each) => sum + each.count, 0);
  const table = `/api/console/${encodeURIComponent(slug)}/evaluations/${evaluation}`;
  usePageKeys((event) => {
    const wish = isPlain(event) ? KEYS[event.key.toLowerCase()] : undefined;
    if (wish && tabs.some((each) => each.key === wish && each.count > 0)) setOpen(wish);
  });
  return (
    <Tabs.Root value={open} onValueChange={setOpen}>
      <Tabs.List className="cutbar" aria-label={t('photos')}>
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab.key}
            value={tab.key}
            disabled={tab.count === 0}
            style={{ flexGrow: tab.count, flexBasis: 0 }}
          >
            <i className={tab.count === 0 ? 'none' : (TONES[tab.key] ?? tab.key)} />
            <span>
              <b>{tab.count}</b> {t(`tab.${tab.key}`)}
            </span>
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.key} value={tab.key}>
          <Photos tab={tab} which={{ evaluationId: evaluation, beforeId: before }} names={names} />
        </Tabs.Content>
      ))}
      {photos > 0 && (
        <p className="allcsv">
          <a
            className="btn sm"
            download
            href={before ? `${table}?${new URLSearchParams({ with: before })}` : table}
          >
            {t('allCsv', { count: photos })}
          </a>
        </p>
      )}
    </Tabs.Root>
  );
}

type PhotosProps = {
  tab: GalleryTab;
  which: { evaluationId: string; beforeId: string | undefined };
  names: string[];
};

/** The photos of one tab; the next page comes by one button. */
function Photos({ tab, which, names }: PhotosProps) {
  const t = useTranslations('evaluations');
  const { slug } = useSeat();
  const [items, setItems] = useState(tab.items);
  const { busy, fault, run } = useAction();
  const turn = (): Promise<void> =>
    run(
      () => trpcFor(slug).quality.gallery.query({ ...which, place: tab.key, shown: items.length }),
      (next) => setItems((before) => [...before, ...next]),
    );
  return (
    <>
      <ul className="photos">
        {items.map((item) => (
          <GalleryPhoto key={item.id} item={item} names={names} />
        ))}
      </ul>
      {fault && <p className="notice bad">✕ {fault}</p>}
      {items.length < tab.count && (
        <>
          <p className="t3 meta shown">{t('shownOf', { shown: items.length, count: tab.count })}</p>
          <button type="button" className="btn more" disabled={busy} onClick={() => void turn()}>
            {t('more')}
          </button>
        </>
      )}
    </>
  );
}
