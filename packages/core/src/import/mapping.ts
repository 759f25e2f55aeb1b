import { AppError } from '@likeness/contracts/errors';
import { cutText } from '@likeness/contracts/storable-text';
import {
  guessColumn,
  KNOWN_COLUMNS,
  type KnownField,
  MAPPING_FIELDS,
} from '@likeness/contracts/table-columns';

/** Columns of the table for each field of ours; several columns of one field are joined. */
export type Mapping = {
  productId: string[];
  variantId: string[];
  image: string[];
  title: string[];
  description: string[];
  category: string[];
  price: string[];
  attributes: { name: string; columns: string[] }[];
};

const FIELD_OF: Readonly<Record<string, KnownField>> = MAPPING_FIELDS;

/**
 * The mapping that a caller gave (`{product_id:'sku', 'attr.color':'colour', image:'a|b'}`), completed by header
 * names that are known; `attr.*` columns are attributes by themselves. Errors: `invalid_csv` for an unknown field,
 * a column that the table lacks, or no product id. JSON lines have no header: each record is `loose`, its missing
 * fields are empty, and a row without product id is refused as a row.
 */
export function completeMapping(
  given: Readonly<Record<string, string>>,
  header: readonly string[],
  kind: 'table' | 'loose' = 'table',
): Mapping {
  const mapping: Mapping = {
    productId: [],
    variantId: [],
    image: [],
    title: [],
    description: [],
    category: [],
    price: [],
    attributes: [],
  };
  for (const [field, value] of Object.entries(given)) {
    const columns = value.split('|').map((column) => findColumn(column, header, kind));
    const known = FIELD_OF[field];
    if (known) mapping[known] = columns;
    else if (field.startsWith('attr.')) mapping.attributes.push({ name: field.slice(5), columns });
    else
      throw new AppError('invalid_csv', {
        message: `The mapping names the unknown field "${field}".`,
        hint: `Fields are ${Object.keys(FIELD_OF).join(', ')} and attr.NAME.`,
      });
  }
  for (const field of Object.keys(KNOWN_COLUMNS) as KnownField[]) {
    const column = mapping[field].length > 0 ? undefined : guessColumn(field, header);
    if (column !== undefined) mapping[field] = [column];
  }
  const taken = new Set(mapping.attributes.flatMap(({ columns }) => columns));
  for (const column of header) {
    if (column.startsWith('attr.') && column.length > 5 && !taken.has(column))
      mapping.attributes.push({ name: column.slice(5), columns: [column] });
  }
  if (mapping.productId.length > 0 || kind === 'loose') return mapping;
  throw new AppError('invalid_csv', {
    message: `No column for product_id among ${quoted(header, 20)}.`,
    hint: 'Say which one with a mapping, product_id=COLUMN.',
  });
}

function findColumn(name: string, header: readonly string[], kind: 'table' | 'loose'): string {
  const found =
    header.find((each) => each === name) ??
    header.find((each) => each.trim().toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found;
  if (kind === 'loose') return name;
  throw new AppError('invalid_csv', {
    message: `The table has no column "${name}".`,
    hint: `Its columns are ${quoted(header, 40)}.`,
  });
}

/** Column names in a message: the first few, none longer than a name is. */
const quoted = (header: readonly string[], count: number): string =>
  header
    .slice(0, count)
    .map((name) => cutText(name, 60))
    .join(', ');

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f\uFFFD]/;
const HINT = 'Send CSV with a header line in UTF-8, UTF-16 or GB18030, not a picture or an office file.';
/** More control characters than a few cells gone wrong hold, and a larger share of all. */
const CONTROLS_FEW = 8;
const CONTROLS_SHARE = 0.01;

/** A picture or an office file instead of a table. Errors: `invalid_csv`, which quotes nothing of it. */
export function assertHeaderIsText(header: readonly string[]): void {
  if (!header.some((name) => CONTROLS.test(name) || !name.isWellFormed())) return;
  throw new AppError('invalid_csv', {
    message: 'The first line of the table is no text: it has no readable column names.',
    hint: HINT,
  });
}

/** The same for a file whose first line passes by chance. Errors: `invalid_csv`. */
export function assertIsText(start: string): void {
  const controls = start.match(new RegExp(CONTROLS, 'g'))?.length ?? 0;
  if (controls > CONTROLS_FEW && controls > start.length * CONTROLS_SHARE)
    throw new AppError('invalid_csv', { message: 'The table is no text.', hint: HINT });
}
