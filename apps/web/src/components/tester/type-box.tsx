'use client';
import type { Box } from '@likeness/contracts/box';
import { useTranslations } from 'next-intl';
import { type Minimum, sameBox, WHOLE } from './box-geometry.ts';
import { PercentField } from './percent-field.tsx';
import { percentsOf, SIDES, type Side, typeSide } from './typed-sides.ts';

type Props = {
  box: Box | null;
  minimum(): Minimum;
  onSearch(box: Box, when: 'now' | 'settled'): void;
  onUndo(): void;
};

/** The frame as four numbers, for whoever does not drag it: they follow it, and it follows them. */
export function TypeBox({ box, minimum, onSearch, onUndo }: Props) {
  const t = useTranslations('tester');
  const values = box && percentsOf(box);
  function type(side: Side, to: number, when: 'now' | 'settled'): void {
    const next = typeSide(box ?? WHOLE, { side, to, min: minimum() });
    if (when === 'now' || !sameBox(next, box)) onSearch(next, when);
  }
  return (
    <details className="typebox">
      <summary>{t('typeBox')}</summary>
      <fieldset className="sides">
        <legend className="vh">{t('typeBox')}</legend>
        {SIDES.map((side) => (
          <PercentField
            key={side}
            label={t(`side.${side}`)}
            value={values?.[side] ?? null}
            onType={(to, when) => type(side, to, when)}
            onNow={() => box && onSearch(box, 'now')}
            onUndo={onUndo}
          />
        ))}
      </fieldset>
    </details>
  );
}
