import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** A value that an attribute may have in a filter. */
const scalar = z.union([z.string().max(LIMITS.textMax), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof scalar>;

export type FieldCondition = Scalar | { in: Scalar[] } | { gte?: number; lte?: number };
export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { [field: string]: FieldCondition };

const condition: z.ZodType<FieldCondition> = z.union([
  scalar,
  z.strictObject({ in: z.array(scalar).min(1).max(LIMITS.filterInValuesMax) }),
  z
    .strictObject({ gte: z.number().optional(), lte: z.number().optional() })
    .refine((range) => range.gte !== undefined || range.lte !== undefined, {
      message: 'gte or lte is needed',
    }),
]);
const fieldName = z
  .string()
  .min(1)
  .max(LIMITS.attributeNameMax)
  .refine((name) => !['and', 'or', 'not', '__proto__'].includes(name), { message: 'reserved word' });

/**
 * The filter of contract §5: `{field:value}` · `{field:{in:[…]}}` · `{field:{gte,lte}}` · `{and|or:[…]}` ·
 * `{not:{…}}`. Several fields in one object must all hold. Fields: `category`, `price`, or an attribute's name.
 */
export const filterSchema: z.ZodType<Filter> = z
  .lazy(() =>
    z.union([
      z.strictObject({ and: z.array(filterSchema).min(1).max(LIMITS.filterNodesMax) }),
      z.strictObject({ or: z.array(filterSchema).min(1).max(LIMITS.filterNodesMax) }),
      z.strictObject({ not: filterSchema }),
      z
        .record(fieldName, condition)
        .refine((record) => Object.keys(record).length > 0, { message: 'empty filter' }),
    ]),
  )
  .meta({ id: 'Filter' }) as z.ZodType<Filter>;

/**
 * Whether anything that claims to be a filter is nested deeper than `filterDepthMax` or has more than `filterNodesMax`
 * parts (each and, or, not and field is one); counted before it is parsed.
 */
export function filterTooLarge(value: unknown): boolean {
  let nodes = 0;
  const visit = (each: unknown, depth: number): boolean => {
    if (typeof each !== 'object' || each === null) return false;
    const { and, or, not, ...fields } = each as Record<string, unknown>;
    const inner = [and, or].flatMap((list) => (Array.isArray(list) ? list : []));
    if (not !== undefined) inner.push(not);
    nodes += Math.max(1, Object.keys(fields).length);
    if (depth > LIMITS.filterDepthMax || nodes > LIMITS.filterNodesMax) return true;
    return inner.some((child) => visit(child, depth + 1));
  };
  return visit(value, 1);
}

/** The first list of a filter with more values than a list may have, for a message that says so; null when there is none. */
export function findLongList(value: unknown, field = ''): { field: string; values: number } | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, each] of Object.entries(value)) {
    const isList = name === 'in' && Array.isArray(each);
    if (isList && each.length > LIMITS.filterInValuesMax) return { field, values: each.length };
    const inner = Array.isArray(each) ? each : [each];
    for (const child of isList ? [] : inner) {
      const found = findLongList(child, name);
      if (found) return found;
    }
  }
  return null;
}

/** What a search takes: a filter, or one that is empty and so none. */
export const searchFilterSchema = z.preprocess(
  (value) => (isEmptyObject(value) ? undefined : value),
  filterSchema.optional(),
);

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
