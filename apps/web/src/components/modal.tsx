'use client';
import { type ReactNode, useEffect, useId, useRef } from 'react';

type Props = {
  open: boolean;
  title: string;
  /** Left out where only the buttons inside may close it. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
};

/** The browser's own dialog: it keeps the focus inside and gives it back to its opener. */
export function Modal({ open, title, onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  /** The close that is heard next is this page's own; it may be heard after the dialog was opened again. */
  const isOwnClose = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (open || !dialog.open) return;
    isOwnClose.current = true;
    dialog.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it; the click is a second way for the pointer.
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // Browsers let nobody refuse Esc again and again: they close without asking.
      onClose={() => {
        if (!isOwnClose.current) onClose?.();
        isOwnClose.current = false;
      }}
      onClick={(event) => event.target === ref.current && onClose?.()}
    >
      {open && (
        <>
          <h2 id={heading}>{title}</h2>
          {children}
        </>
      )}
    </dialog>
  );
}
