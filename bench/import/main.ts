import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startImport } from '@likeness/core/import/start-import';
import { createTestDatabase } from '@likeness/db/testing/test-database';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import setup from '../../tests/support/postgres-global-setup.ts';
import { handlers } from '../../tests/support/small-shop.ts';
import { startStack } from '../../tests/support/stack.ts';

// Rows per second of a table import (parse, map, upsert, checkpoint) against COPY alone into a bare table.
const ROWS = Number(process.env.BENCH_ROWS ?? 20_000);
const RUNS = 3;

const teardown = await setup();
const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-bench-import-'));
const csv = path.join(folder, 'rows.csv');
await pipeline(Readable.from(rows()), createWriteStream(csv));
const stack = await startStack();
try {
  const ours: number[] = [];
  const peer: number[] = [];
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, process.memoryUsage().rss / 1e6);
  }, 50);
  for (let run = 0; run < RUNS; run++) {
    peer.push(ROWS / (await copyAlone()));
    ours.push(ROWS / (await importOnce(run)));
  }
  clearInterval(watch);
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const line = {
    name: 'import',
    ours: median(ours),
    peer: median(peer),
    limit: 0.02,
    ratio: median(ours) / median(peer),
    runs: RUNS,
    parts: [{ name: 'peak memory MB', ours: peakMb }],
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
  await teardown();
}

function* rows(): Generator<string> {
  yield 'product_id,title,description,category,price,attr.colour,attr.size\n';
  for (let i = 0; i < ROWS; i++)
    yield `sku-${i},Product ${i},"A thing of kind ${i % 97}, with a comma",category ${i % 20},${(i % 500) + 0.95},colour ${i % 12},${i % 50}\n`;
}

async function importOnce(run: number): Promise<number> {
  const ctx = await stack.tenant(`import ${run}`);
  const table = { key: `t/${ctx.tenantId}/uploads/rows`, name: 'rows.csv', bytes: 0 };
  await ctx.deps.objects.put(table.key, readFileSync(csv));
  await startImport(ctx, { catalog: 'rows', table, archive: null, mapping: {} });
  const began = performance.now();
  await stack.work(ctx, handlers);
  return (performance.now() - began) / 1000;
}

async function copyAlone(): Promise<number> {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(
    'CREATE TABLE bench_rows (product_id text PRIMARY KEY, title text, description text, category text, price numeric, colour text, size text)',
  );
  const began = performance.now();
  await pipeline(
    Readable.from([readFileSync(csv)]),
    client.query(copyFrom('COPY bench_rows FROM STDIN WITH (FORMAT csv, HEADER true)')),
  );
  const seconds = (performance.now() - began) / 1000;
  await client.end();
  await database.close();
  return seconds;
}
