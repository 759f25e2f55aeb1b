'use client';
import { useTranslations } from 'next-intl';
import type { InputHTMLAttributes } from 'react';

type Props = { label: string } & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'autoComplete' | 'placeholder' | 'defaultValue'
>;

/** Asks for a name, which spaces alone are not. */
export function NameField({ label, ...input }: Props) {
  const t = useTranslations('state');
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        name="name"
        required
        pattern=".*\S.*"
        title={t('nameNeeded')}
        maxLength={100}
        {...input}
      />
    </label>
  );
}
