'use client';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { isPlain, isTyping, singleKeysOn } from './page-keys.ts';
import { SECTIONS } from './sections.ts';

/** ⌘K, and G followed by a letter. */
export function JumpPalette({ slug }: { slug: string }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const pressedG = useRef(0);

  useEffect(() => {
    const go = (path: string): void => router.push(`/${encodeURIComponent(slug)}/${path}`);
    function onKey(event: KeyboardEvent): void {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.isComposing) {
        event.preventDefault();
        setOpen((was) => !was);
        return;
      }
      if (isTyping(event) || !isPlain(event) || !singleKeysOn()) return;
      const letter = event.key.toLowerCase();
      if (Date.now() - pressedG.current < 1200) {
        const section = SECTIONS.find((each) => each.letter === letter);
        pressedG.current = 0;
        if (!section) return;
        event.preventDefault();
        go(section.path);
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
        overlayClassName="veil"
        contentClassName="palette"
      >
        <Command.Input placeholder={t('jump')} />
        <Command.List>
          <Command.Empty>{t('noJump')}</Command.Empty>
          {SECTIONS.map(({ name, path, Icon, letter }) => (
            <Command.Item
              key={name}
              value={`${t(`page.${name}`)} ${path}`}
              onSelect={() => {
                setOpen(false);
                router.push(`/${encodeURIComponent(slug)}/${path}`);
              }}
            >
              <Icon size={16} />
              {t(`page.${name}`)}
              <kbd>G {letter.toUpperCase()}</kbd>
            </Command.Item>
          ))}
        </Command.List>
      </Command.Dialog>
    </>
  );
}
