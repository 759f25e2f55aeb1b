'use client';
import { type ReactNode, useEffect, useRef } from 'react';

type Props = { label: string; onClose(): void; locked?: boolean; side?: boolean; children: ReactNode };

/** A modal; `locked` ones close only by their own button (a secret is shown once). */
export function Dialog({ label, onClose, locked = false, side = false, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    // What is read from its top takes the focus itself: its first button may lie below what is in view.
    if (side) dialog.focus({ preventScroll: true });
    if (side) dialog.scrollTop = 0;
  }, [side]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself.
    <dialog
      ref={element}
      className={side ? 'dialog side' : 'dialog'}
      aria-label={label}
      tabIndex={side ? -1 : undefined}
      closedby={locked ? 'none' : 'closerequest'}
      onCancel={(event) => {
        event.preventDefault();
        if (!locked) onClose();
      }}
      // Browsers let nobody refuse Esc again and again: they close without asking.
      onClose={() => (locked ? element.current?.showModal() : onClose())}
      onClick={(event) => {
        if (!locked && event.target === element.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
