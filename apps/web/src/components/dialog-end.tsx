'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

type Props = {
  /** Why the last attempt came to nothing. */
  fault: string | null;
  onCancel(): void;
  /** The button that does it. */
  children: ReactNode;
};

/** The last lines of a dialog that does something: what went wrong, the way out, and the button. */
export function DialogEnd({ fault, onCancel, children }: Props) {
  const t = useTranslations('state');
  return (
    <>
      {fault && (
        <p className="notice bad" role="alert" ref={(notice) => notice?.scrollIntoView({ block: 'nearest' })}>
          ✕ {fault}
        </p>
      )}
      <div className="end">
        <button type="button" className="btn" onClick={onCancel}>
          {t('cancel')}
        </button>
        {children}
      </div>
    </>
  );
}
