'use client';
import { guessColumn, MAPPING_FIELDS } from '@likeness/contracts/table-columns';
import { useTranslations } from 'next-intl';

const FIELDS = ['product_id', 'title', 'image', 'category', 'price'] as const;
type Props = {
  head: { columns: string[]; rows: string[][] };
  mapping: Record<string, string>;
  onChange(mapping: Record<string, string>): void;
};

/** Which column is what: chosen, or what the import will take by the column's name. */
export function FieldColumns({ head, mapping, onChange }: Props) {
  const t = useTranslations('catalogs.import');
  return (
    <fieldset className="columns">
      <legend>{t('columns')}</legend>
      {FIELDS.map((field) => {
        const column = mapping[field] ?? '';
        const guess = guessColumn(MAPPING_FIELDS[field], head.columns);
        const example = head.rows[0]?.[head.columns.indexOf(column || (guess ?? ''))] ?? '';
        return (
          <label key={field}>
            <span>{t(`field.${field}`)}</span>
            <select
              className="select"
              value={column}
              onChange={(event) => onChange({ ...mapping, [field]: event.target.value })}
            >
              <option value="">
                {guess
                  ? t('byName', { column: guess })
                  : t(field === 'product_id' ? 'mustChoose' : 'noneByName')}
              </option>
              {head.columns.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
            <span className="meta t3">{example.slice(0, 40)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
