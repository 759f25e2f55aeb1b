'use client';
import { guessColumn, MAPPING_FIELDS } from '@likeness/contracts/table-columns';
import { useTranslations } from 'next-intl';

const PREFIX = 'attr.';
/** A column's name inside a mapping is one of several between bars; longer names are no attribute's. */
const canBeKept = (column: string): boolean => !column.includes('|') && column.length <= 64;

type Props = {
  columns: string[];
  mapping: Record<string, string>;
  onChange(mapping: Record<string, string>): void;
};

/** The columns that stand for nothing else: each can be kept as an attribute, to filter and count by. */
export function AttributeColumns({ columns, mapping, onChange }: Props) {
  const t = useTranslations('catalogs.import');
  const fields = Object.entries(mapping).filter(([field]) => !field.startsWith(PREFIX));
  const chosen = new Map(fields.filter(([, column]) => column));
  const taken = new Set(
    Object.entries(MAPPING_FIELDS).map(([name, field]) => chosen.get(name) ?? guessColumn(field, columns)),
  );
  const free = columns.filter(
    (column) => canBeKept(column) && !taken.has(column) && !column.startsWith(PREFIX),
  );
  if (free.length === 0) return null;
  const kept = free.filter((column) => mapping[PREFIX + column] !== undefined);
  const keep = (wanted: readonly string[]): void =>
    onChange(
      Object.fromEntries([...fields, ...wanted.map((column): [string, string] => [PREFIX + column, column])]),
    );
  const all = kept.length === free.length;
  return (
    <fieldset className="attributes">
      <legend>{t('attributes')}</legend>
      <button type="button" className="btn" onClick={() => keep(all ? [] : free)}>
        {t(all ? 'keepNone' : 'keepAll')}
      </button>
      {free.map((column) => (
        <label key={column} className="choice">
          <input
            type="checkbox"
            checked={kept.includes(column)}
            onChange={(event) =>
              keep(event.target.checked ? [...kept, column] : kept.filter((each) => each !== column))
            }
          />
          <span>{column}</span>
        </label>
      ))}
    </fieldset>
  );
}
