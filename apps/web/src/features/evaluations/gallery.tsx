'use client';
import { useTranslations } from 'next-intl';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { isPlain, usePageKeys } from '../../components/page-keys.ts';
import { Picture } from '../../components/picture.tsx';
import type { Answer, GalleryItem, GalleryTab } from '../../server/view/evaluation-gallery.ts';

type TabKey = 'first' | 'ten' | 'later' | 'missed' | 'nothing' | 'both' | 'won' | 'lost' | 'neither';
/** Won, lost, both wrong. */
const KEYS: Record<string, TabKey> = { w: 'won', l: 'lost', b: 'neither' };
const TONES: Record<string, string> = { won: 'good', lost: 'bad', first: 'good' };

/** One bar cut by counts is the list of tabs (a count of 0 has a name, but no part of the bar); below it the photos, what came first and where the right one was. */
export function Gallery({ tabs }: { tabs: GalleryTab[] }) {
  const t = useTranslations('evaluations');
  const wanted =
    tabs.find((each) => each.key === 'won' && each.count > 0) ?? tabs.find((each) => each.count > 0);
  const [open, setOpen] = useState(wanted?.key ?? tabs[0]?.key ?? '');
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
              <b>{tab.count}</b> {t(`tab.${tab.key as TabKey}`)}
            </span>
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.key} value={tab.key}>
          <ul className="photos">
            {tab.items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ul>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

function Item({ item }: { item: GalleryItem }) {
  const t = useTranslations('evaluations');
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = item.box;
  return (
    <li>
      <span className="qshot">
        <span>
          {item.url ? (
            <img src={item.url} alt={t('photoOf', { name: item.right })} loading="lazy" />
          ) : (
            <span className="t3 meta clip">{item.name}</span>
          )}
          {item.box.length === 4 && !(x1 < 0.01 && y1 < 0.01 && x2 > 0.99 && y2 > 0.99) && (
            <i
              title={t('boxed')}
              style={{
                left: `${x1 * 100}%`,
                top: `${y1 * 100}%`,
                width: `${(x2 - x1) * 100}%`,
                height: `${(y2 - y1) * 100}%`,
              }}
            />
          )}
        </span>
      </span>
      {item.answers.map((answer) => (
        <AnswerRow key={answer.version} answer={answer} nothing={item.right === ''} />
      ))}
    </li>
  );
}

function AnswerRow({ answer, nothing }: { answer: Answer; nothing: boolean }) {
  const t = useTranslations('evaluations');
  const errors = useTranslations('error');
  const { outcome } = answer;
  const unread = outcome !== 'found' && outcome !== 'no_object';
  const missed = (): string => {
    if (outcome === 'no_object') return t('noObject');
    if (outcome === 'image_not_found') return t('photoMissing');
    if (unread) return errors.has(outcome as 'generic') ? errors(outcome as 'generic') : t('photoUnread');
    return t(nothing ? 'tab.nothing' : 'notFound');
  };
  return (
    <span className="answer">
      <span className="t3 meta">{answer.version}</span>
      <Picture url={answer.url} alt="" />
      <span>
        <span className={answer.rank === 1 ? 'good' : 't2'}>
          {answer.rank === 1
            ? `✓ ${t('tab.first')}`
            : answer.rank === null
              ? missed()
              : t('rightAt', { rank: answer.rank })}
        </span>
        <span className="t2 meta clip">{answer.title}</span>
      </span>
    </span>
  );
}
