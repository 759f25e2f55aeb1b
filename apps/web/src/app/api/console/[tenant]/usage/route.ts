import { listCatalogs } from '@likeness/core/catalog/list-catalogs';
import type { Ctx } from '@likeness/core/context';
import { listKeys } from '@likeness/core/key/change-key';
import { readLedger } from '@likeness/core/usage/read-ledger';
import { csvAnswer } from '../../../../../server/console/csv-answer.ts';
import { openDoor } from '../../../../../server/console/open-door.ts';
import { type UsageMonth, usageMonth } from '../../../../../server/view/usage-month.ts';

export const dynamic = 'force-dynamic';
type Props = { params: Promise<{ tenant: string }> };

const HEADER = [
  'request_id',
  'time',
  'meter',
  'quantity',
  'billable',
  'source',
  'outcome',
  'key_id',
  'key',
  'catalog',
];

/** The ledger of one month (`?month=2026-11`), one line for each answered request. */
export async function GET(request: Request, { params }: Props) {
  return openDoor(request, {
    slug: (await params).tenant,
    permission: 'usage:read',
    handle: async (ctx) => {
      const month = usageMonth(new URL(request.url).searchParams.get('month'), ctx.deps.clock.now());
      return csvAnswer(`likeness-ledger-${month.month}.csv`, HEADER, await rowsOf(ctx, month));
    },
  });
}

async function rowsOf(ctx: Ctx, { from, to }: UsageMonth): Promise<AsyncGenerator<unknown[]>> {
  const [keys, catalogs] = await Promise.all([listKeys(ctx), listCatalogs(ctx)]);
  const keyName = new Map(keys.map(({ id, name }) => [id, name]));
  const catalogName = new Map(catalogs.map(({ id, name }) => [id, name]));
  async function* rows(): AsyncGenerator<unknown[]> {
    for await (const line of readLedger(ctx, { from, to }))
      yield [
        line.requestId,
        line.at.toISOString(),
        line.meter,
        line.quantity,
        line.billable,
        line.source,
        line.outcome,
        line.keyId,
        keyName.get(line.keyId ?? ''),
        catalogName.get(line.catalogId ?? '') ?? line.catalogId,
      ];
  }
  return rows();
}
