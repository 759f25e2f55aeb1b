'use client';
import { CircleQuestionMark } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Modal } from './modal.tsx';
import { singleKeysOn, switchSingleKeys, usePageKeys } from './page-keys.ts';
import { SECTIONS } from './sections.ts';

/** `?` lists the keys; so does the button, for whoever does not know that. */
export function KeyList() {
  const t = useTranslations('keyList');
  const page = useTranslations('shell.page');
  const state = useTranslations('state');
  const [open, setOpen] = useState(false);
  const [single, setSingle] = useState(true);
  useEffect(() => setSingle(singleKeysOn()), []);
  usePageKeys((event) => {
    if (event.key === '?') setOpen(true);
  });
  const groups: { name: string; keys: [string, string][] }[] = [
    {
      name: t('search'),
      keys: [
        ['1 – 9', t('object')],
        ['0', t('whole')],
        [t('arrows'), t('move')],
        [`⇧ ${t('arrows')}`, t('resize')],
        [`⌥ ${t('arrows')}`, t('finer')],
        ['+ −', t('zoom')],
        [t('spaceDrag'), t('pan')],
        ['Enter', t('now')],
        ['Esc', t('detected')],
        ['⌘Z · Ctrl Z', t('undo')],
        ['W', t('why')],
        ['S', t('save')],
      ],
    },
    {
      name: t('everywhere'),
      keys: [
        ['⌘K · Ctrl K', t('jump')],
        ['?', t('list')],
      ],
    },
    {
      name: t('other'),
      keys: [
        ['I', t('import')],
        ['/', t('find')],
        ['← →', t('rank')],
        ['W · L · B', t('tabs')],
        ['1 – 5', t('steps')],
        ['N', t('new')],
        ['J K · R', t('setRight')],
        ['B', t('build')],
        ['⇧P · ⇧R', t('publish')],
      ],
    },
    {
      name: t('goTo'),
      keys: SECTIONS.map(({ name, letter }) => [`G ${letter.toUpperCase()}`, page(name)]),
    },
  ];
  return (
    <>
      <button
        type="button"
        className="icon"
        title={t('title')}
        aria-label={t('title')}
        onClick={() => setOpen(true)}
      >
        <CircleQuestionMark />
      </button>
      <Modal open={open} title={t('title')} onClose={() => setOpen(false)}>
        <div className="keylist">
          {groups.map(({ name, keys }) => (
            <section key={name}>
              <h3>{name}</h3>
              <dl>
                {keys.map(([key, what]) => (
                  <div key={key}>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <label className="check">
          <input
            type="checkbox"
            checked={single}
            onChange={(event) => {
              switchSingleKeys(event.target.checked);
              setSingle(event.target.checked);
            }}
          />
          <span>{t('single')}</span>
        </label>
        <div className="end">
          <button type="button" className="btn" onClick={() => setOpen(false)}>
            {state('close')}
          </button>
        </div>
      </Modal>
    </>
  );
}
