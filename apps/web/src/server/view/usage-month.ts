export type UsageMonth = { month: string; from: string; to: string; before: string; after: string | null };

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const EARLIEST = '2000-01';

/** A calendar month (UTC) by `YYYY-MM`: the asked one where it is one that has begun, else this one. */
export function usageMonth(asked: unknown, now: number): UsageMonth {
  const current = new Date(now).toISOString().slice(0, 7);
  const known = typeof asked === 'string' && MONTH.test(asked) && asked >= EARLIEST && asked <= current;
  const month = known ? asked : current;
  const next = shifted(month, 1);
  const from = `${month}-01`;
  return {
    month,
    from,
    // The last day itself, since a plain date as the end means that whole day.
    to: new Date(Date.parse(`${next}-01`) - 1).toISOString().slice(0, 10),
    before: shifted(month, -1),
    after: next <= current ? next : null,
  };
}

function shifted(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}
