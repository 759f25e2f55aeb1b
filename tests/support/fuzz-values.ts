import fc from 'fast-check';
import { z } from 'zod';

/** Anything JSON can carry, and what breaks careless code. */
export const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', '\0', '\ud800', '../..', '*', 'NaN', '1e999', '-0', 'null', ' ', 'a'.repeat(5000)),
  fc.double(),
  fc.constantFrom(-1, 0, 101, 2 ** 31, 2 ** 53, Number.MIN_SAFE_INTEGER),
  fc.array(fc.double(), { maxLength: 6 }),
);

/** A value near one that the schema takes: right, wrong, or missing, field by field; `known` has values that exist. */
export function near(
  schema: z.ZodType | undefined,
  known: Record<string, readonly unknown[]> = {},
): fc.Arbitrary<Record<string, unknown>> {
  if (!schema) return fc.constant({});
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Described>;
    anyOf?: { properties?: Record<string, Described> }[];
  };
  const properties =
    json.properties ?? Object.assign({}, ...(json.anyOf ?? []).map((each) => each.properties));
  const fields = Object.fromEntries(
    Object.entries((properties ?? {}) as Record<string, Described>).map(([name, described]) => [
      name,
      fc.option(
        fc.oneof({ weight: 3, arbitrary: likely(described, known[name]) }, { weight: 1, arbitrary: junk }),
        {
          nil: undefined,
        },
      ),
    ]),
  );
  return fc.record(fields);
}

type Described = { type?: string; enum?: unknown[]; minimum?: number; maximum?: number };
function likely(described: Described, known: readonly unknown[] | undefined): fc.Arbitrary<unknown> {
  if (known) return fc.constantFrom(...known);
  if (described.enum) return fc.constantFrom(...described.enum);
  if (described.type === 'integer' || described.type === 'number') return fc.integer({ min: -2, max: 120 });
  if (described.type === 'boolean') return fc.boolean();
  if (described.type === 'array')
    return fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
  if (described.type === 'object') return fc.dictionary(fc.string({ maxLength: 8 }), junk, { maxKeys: 4 });
  return fc.string({ maxLength: 30 });
}
