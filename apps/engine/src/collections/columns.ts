import type { Attributes } from '@likeness/contracts/engine';
import type { FieldCondition, Filter, Scalar } from '@likeness/contracts/filter';
import { type Bitmap, emptyBitmap, intersect, invert, setBit, unite } from './bitmap.ts';

type Key = string;
const keyOf = (value: Scalar): Key => `${typeof value}:${value}`;

/** Values of one attribute: codes of a dictionary, and numbers apart for ranges. A list has several codes. */
class Column {
  readonly codes = new Map<Key, number>();
  readonly values: Scalar[] = [];
  readonly rows: (number | number[] | undefined)[] = [];
  readonly numbers: (number | undefined)[] = [];

  put(ordinal: number, value: Attributes[string]): void {
    if (value === null) return;
    if (typeof value === 'number') this.numbers[ordinal] = value;
    this.rows[ordinal] = Array.isArray(value) ? value.map((each) => this.#code(each)) : this.#code(value);
  }

  #code(value: Scalar): number {
    const key = keyOf(value);
    const known = this.codes.get(key);
    if (known !== undefined) return known;
    this.codes.set(key, this.values.length);
    this.values.push(value);
    return this.values.length - 1;
  }
}

/** The attributes of a collection by field; evaluates filters to bitmaps of ordinals. */
export class Columns {
  readonly #columns = new Map<string, Column>();

  put(ordinal: number, attributes: Attributes): void {
    for (const [field, value] of Object.entries(attributes)) {
      const column = this.#columns.get(field) ?? new Column();
      this.#columns.set(field, column);
      column.put(ordinal, value);
    }
  }

  /** Values of one field at an ordinal, for facets; none when it has none. */
  valuesAt(field: string, ordinal: number): Scalar[] {
    const column = this.#columns.get(field);
    const row = column?.rows[ordinal];
    if (!column || row === undefined) return [];
    return (Array.isArray(row) ? row : [row]).flatMap((code) => column.values[code] ?? []);
  }

  /** Ordinals below `size` that the filter lets pass. An unknown field lets nothing pass. */
  evaluate(filter: Filter, size: number): Bitmap {
    if (isLogic(filter, 'and')) return filter.and.map((each) => this.evaluate(each, size)).reduce(intersect);
    if (isLogic(filter, 'or')) return filter.or.map((each) => this.evaluate(each, size)).reduce(unite);
    if (isLogic(filter, 'not')) return invert(this.evaluate(filter.not, size), size);
    return Object.entries(filter as Record<string, FieldCondition>)
      .map(([field, condition]) => this.#matches(field, condition, size))
      .reduce(intersect);
  }

  #matches(field: string, condition: FieldCondition, size: number): Bitmap {
    const bits = emptyBitmap(size);
    const column = this.#columns.get(field);
    if (!column) return bits;
    if (typeof condition === 'object' && !('in' in condition)) {
      const { gte = Number.NEGATIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = condition;
      for (let i = 0; i < size; i++) {
        const number = column.numbers[i];
        if (number !== undefined && number >= gte && number <= lte) setBit(bits, i);
      }
      return bits;
    }
    const wanted = typeof condition === 'object' ? condition.in : [condition];
    const codes = new Set(
      wanted.map((value) => column.codes.get(keyOf(value))).filter((code) => code !== undefined),
    );
    if (codes.size === 0) return bits;
    for (let i = 0; i < size; i++) {
      const row = column.rows[i];
      if (row === undefined) continue;
      if (Array.isArray(row) ? row.some((code) => codes.has(code)) : codes.has(row)) setBit(bits, i);
    }
    return bits;
  }
}

function isLogic<K extends 'and' | 'or' | 'not'>(
  filter: Filter,
  word: K,
): filter is Extract<Filter, Record<K, unknown>> {
  return Object.hasOwn(filter, word);
}
