import type { Box } from '@likeness/contracts/box';
import { boxSchema } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import { findUnstorable, toStorable } from '@likeness/contracts/storable-text';
import { decodeTable, queryTableOptions } from '@likeness/contracts/table-text';
import { parse } from 'csv-parse/sync';

/** One line of a query CSV (contract §2); no product id = nothing in the catalogue is right. */
export type QueryRow = { image: string; productIds: string[]; groups: string[]; box: Box | null };

/** Header `image,product_id[,variant_id][,groups][,x1,y1,x2,y2]`. Errors: `invalid_csv` with the line. */
export function parseQueryRows(bytes: Buffer): QueryRow[] {
  let records: Record<string, string>[];
  try {
    const table = decodeTable(bytes);
    records = parse(table, { ...queryTableOptions(table), trim: true });
  } catch (cause) {
    throw new AppError('invalid_csv', {
      message: `The query table cannot be read: ${(cause as Error).message}`,
      cause,
    });
  }
  if (records.length === 0)
    throw new AppError('invalid_csv', {
      message: 'The query table has no rows.',
      hint: 'Below the header line, one line for each photo.',
    });
  for (const column of ['image', 'product_id'])
    if (records[0]?.[column] === undefined)
      throw new AppError('invalid_csv', {
        message: `The query table needs a column "${column}".`,
        hint: 'Header: image,product_id[,variant_id][,groups][,x1,y1,x2,y2].',
      });
  return records.map((record, i) => toRow(record, i + 2));
}

const MEND = 'Nothing was measured: mend the line and send it again.';

function toRow(record: Record<string, string>, line: number): QueryRow {
  const list = (text: string | undefined): string[] =>
    (text ?? '')
      .split('|')
      .map((each) => each.trim())
      .filter(Boolean);
  const unstorable = findUnstorable(record);
  if (unstorable)
    throw new AppError('invalid_csv', {
      message: `Line ${line} holds a NUL or a broken character in ${toStorable(unstorable)}.`,
      hint: MEND,
    });
  if (!record.image)
    throw new AppError('invalid_csv', { message: `Line ${line} names no image.`, hint: MEND });
  return {
    image: record.image,
    productIds: list(record.product_id),
    groups: list(record.groups),
    box: toBox(record, line),
  };
}

function toBox(record: Record<string, string>, line: number): Box | null {
  const cells = [record.x1, record.y1, record.x2, record.y2];
  if (cells.every((cell) => !cell)) return null;
  const parsed = boxSchema.safeParse(cells.map((cell) => Number(cell || Number.NaN)));
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_csv', {
    message: `Line ${line} has a box that is not x1,y1,x2,y2 in fractions.`,
    hint: `Boxes are fractions from 0 to 1 of the upright image, x1 < x2 and y1 < y2. ${MEND}`,
  });
}
