'use client';
import { Command, defaultFilter } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { isCovered, isPlain, isTyping, singleKeysOn } from './page-keys.ts';
import { FOUND, PlaceItems } from './place-items.tsx';
import { SECTIONS } from './sections.ts';
import { usePlaces } from './use-places.ts';

/** Pages stay above what was found in the workspace, which the server has chosen already. */
const filter = (value: string, search: string, keywords?: string[]): number =>
  value.startsWith(FOUND) ? 1e-6 : defaultFilter(value, search, keywords);

/** ⌘K, and G followed by a letter. Both wait while a dialog is open: it may hold what is shown only once. */
export function JumpPalette({ slug, hidden }: { slug: string; hidden: string[] }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const [composing, setComposing] = useState(false);
  const pressedG = useRef(0);
  const isOpen = useRef(open);
  isOpen.current = open;
  const places = usePlaces(slug, open && !composing ? words : '');
  const go = (path: string): void => {
    setOpen(false);
    router.push(`/${encodeURIComponent(slug)}/${path}`);
  };

  useEffect(() => {
    if (!open) setWords('');
  }, [open]);
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.isComposing) {
        event.preventDefault();
        if (isOpen.current || !isCovered()) setOpen(!isOpen.current);
        return;
      }
      if (isTyping(event) || !isPlain(event) || !singleKeysOn() || isCovered()) {
        pressedG.current = 0;
        return;
      }
      const letter = event.key.toLowerCase();
      if (Date.now() - pressedG.current < 1200) {
        const section = SECTIONS.find((each) => each.letter === letter);
        pressedG.current = 0;
        if (!section) return;
        event.preventDefault();
        router.push(`/${encodeURIComponent(slug)}/${section.path}`);
      } else if (letter === 'g') pressedG.current = Date.now();
    }
    // Before the page's own keys hear it: after G, the letter is not theirs.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [router, slug]);

  return (
    <>
      <button type="button" className="jump" onClick={() => setOpen(true)}>
        <Search size={14} />
        {t('jump')}
        <kbd>⌘K</kbd>
      </button>
      <Command.Dialog
        open={open}
        onOpenChange={setOpen}
        label={t('jump')}
        filter={filter}
        overlayClassName="veil"
        contentClassName="palette"
      >
        <Command.Input
          placeholder={t('jump')}
          value={words}
          onValueChange={setWords}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
        <Command.List>
          <Command.Empty>{t('noJump')}</Command.Empty>
          {SECTIONS.filter(({ name }) => !hidden.includes(name)).map(({ name, path, Icon, letter }) => (
            <Command.Item key={name} value={`${t(`page.${name}`)} ${path}`} onSelect={() => go(path)}>
              <Icon size={16} />
              {t(`page.${name}`)}
              <kbd>G {letter.toUpperCase()}</kbd>
            </Command.Item>
          ))}
          <PlaceItems places={places} go={go} />
        </Command.List>
      </Command.Dialog>
    </>
  );
}
