type Sized = Readonly<Record<string, { n: number }>>;
type Parts<Part extends { n: number }> = Readonly<Record<string, Part>>;

/** Parts in the order of their photos, most first; none where they say no more than the whole of `total` photos. */
export function tellingParts<Part extends { n: number }>(
  parts: Parts<Part>,
  total: number,
): (readonly [string, Part])[] {
  const sorted = Object.entries(parts).toSorted(
    ([a, { n: most }], [b, { n }]) => n - most || (a < b ? -1 : 1),
  );
  return sorted.length === 1 && sorted[0]?.[1].n === total ? [] : sorted;
}

/** The same names with as many photos each. */
export function isSameParting(a: Sized, b: Sized): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name]?.n === b[name]?.n);
}
