import { isAddressable, LIMITS } from '@likeness/contracts/limits';
import type { AttributeValue } from '@likeness/contracts/rest/products';
import { cutText as cut, findUnstorable } from '@likeness/contracts/storable-text';
import type { Mapping } from './mapping.ts';

/** One line of a table as a product; `images` are names, still to be found. */
export type ProductRow = {
  /** Null for what a folder names: it has no lines. */
  line: number | null;
  productId: string;
  variantId: string | null;
  images: string[];
  title: string;
  description: string;
  category: string | null;
  price: number | null;
  attributes: Record<string, AttributeValue>;
  /** Cells that could not be read: the product comes in without them, and its line is listed. */
  flaws: Reject[];
};

export type Reject = { line: number | null; file: string | null; code: string; message: string };

/** A record by the mapping, or why it is refused. Text is kept as it is; it is data, never markup. */
export function toProductRow(
  record: Readonly<Record<string, string>>,
  how: {
    mapping: Mapping;
    line: number;
    /** Of JSON: what is more than a text, by column. */
    typed?: ReadonlyMap<string, AttributeValue>;
  },
): ProductRow | Reject {
  const { mapping, line } = how;
  const cell = (columns: readonly string[]): string =>
    columns.map((column) => (record[column] ?? '').trim()).filter(Boolean)[0] ?? '';
  const productId = cell(mapping.productId);
  const unstorable = findUnstorable(record);
  if (unstorable)
    return {
      line,
      file: null,
      code: 'text_not_storable',
      message: `${unstorable} holds a NUL or a broken character.`,
    };
  if (!productId)
    return { line, file: null, code: 'product_id_missing', message: 'The row has no product id.' };
  if (!isAddressable(productId))
    return {
      line,
      file: null,
      code: 'product_id_reserved',
      message: `The product id "${productId}" cannot be part of an address.`,
    };
  if (productId.length > LIMITS.productIdMax)
    return {
      line,
      file: null,
      code: 'product_id_too_long',
      message: `The product id has more than ${LIMITS.productIdMax} characters.`,
    };
  const price = toPrice(cell(mapping.price));
  return {
    line,
    productId,
    variantId: cell(mapping.variantId) || null,
    images: imageNames(mapping.image.map((column) => record[column] ?? '')),
    title: cut(cell(mapping.title), LIMITS.textMax),
    description: cut(cell(mapping.description), LIMITS.textMax * 4),
    category: cut(cell(mapping.category), LIMITS.textMax) || null,
    price: price === 'unreadable' ? null : price,
    attributes: attributesOf(record, mapping, how.typed),
    flaws: price === 'unreadable' ? [unreadablePrice(cell(mapping.price), line)] : [],
  };
}

export const isReject = (row: ProductRow | Reject): row is Reject => 'code' in row;

function imageNames(cells: readonly string[]): string[] {
  const names = cells.flatMap((cell) => cell.split('|')).map((name) => name.trim());
  return [...new Set(names.filter((name) => name && name !== 'no_selection'))];
}

function attributesOf(
  record: Readonly<Record<string, string>>,
  mapping: Mapping,
  typed: ReadonlyMap<string, AttributeValue> = new Map(),
): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const { name, columns } of mapping.attributes.slice(0, LIMITS.attributesMax)) {
    const column = columns.find((each) => record[each]?.trim());
    if (column === undefined) continue;
    const value = (record[column] ?? '').trim();
    const number = Number(value);
    attributes[cut(name, LIMITS.attributeNameMax)] =
      typed.get(column) ??
      (/^-?\d+(\.\d+)?$/.test(value) && String(number) === value ? number : cut(value, LIMITS.textMax));
  }
  return attributes;
}

const unreadablePrice = (text: string, line: number): Reject => ({
  line,
  file: null,
  code: 'price_unreadable',
  message: `The price "${cut(text, 40)}" is no number of 0 or more; the product was taken without it.`,
});

const PRICE_MAX = 1e12;
/** A currency on one side or the other, and between them one number. */
const PRICE = /^[^\d-]*?(\d[\d.,' \u00a0\u202f]*)[^\d-]*$/;
const PLAIN = /^\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Currencies with thousandths (ISO 4217): of these `1.000` is one. */
const MILS = /\b(BHD|IQD|JOD|KWD|LYD|OMR|TND)\b/;

/** `1,299.00`, `12,50 €`, `1.299 €`, `¥99` → a number; null for an empty cell. Nothing is guessed out of other text. */
export function toPrice(text: string): number | 'unreadable' | null {
  if (!text) return null;
  const written = PRICE.exec(text)?.[1] ?? '';
  const value = PLAIN.test(text) ? Number(text) : amountOf(MILS.test(text) ? written : asThousands(written));
  return Number.isFinite(value) && value < PRICE_MAX ? value : 'unreadable';
}

/** Beside a currency three digits after a single point are no decimals. */
const asThousands = (written: string): string => written.trim().replace(/^(\d{1,3})\.(\d{3})$/, '$1$2');

function amountOf(written: string): number {
  const digits = written.replace(/[' \u00a0\u202f]/g, '').replace(/[.,]+$/, '');
  if (!digits) return Number.NaN;
  const isDecimalComma = /,\d{1,2}$/.test(digits) && !/\.\d{1,2}$/.test(digits);
  if (isDecimalComma) return Number(digits.replaceAll('.', '').replace(',', '.'));
  const plain = digits.replaceAll(',', '');
  return Number(/\..*\./.test(plain) ? plain.replaceAll('.', '') : plain);
}
