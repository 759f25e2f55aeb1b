import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { createTenantRow } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figure, full } from '../support/figure.ts';

const WORKERS = 64;
const REQUESTS_EACH = full ? 5000 : 60;

describe('load never mixes tenants (property 4)', () => {
  let at: TestDatabase;
  let tenants: string[];
  beforeAll(async () => {
    at = await createTestDatabase({ poolMax: 4 });
    tenants = [await createTenantRow(at.db, 'A'), await createTenantRow(at.db, 'B')];
    for (const tenantId of tenants) {
      await at.db.tenant(tenantId, (tx) =>
        tx.catalog.create({ data: { tenantId, id: newId('catalog'), name: 'main' } }),
      );
    }
  });
  afterAll(() => at.close());

  /** One random request; answers the tenants of all rows that it saw. */
  async function request(tenantId: string, n: number): Promise<string[]> {
    const { db } = at;
    switch (n % 4) {
      case 0:
        return db.tenant(tenantId, async (tx) => (await tx.catalog.findMany()).map((row) => row.tenantId));
      case 1: // a query inside an open transaction, through the front door again
        return db.tenant(tenantId, async () =>
          db.tenant(tenantId, async (tx) => (await tx.product.findMany()).map((row) => row.tenantId)),
        );
      case 2:
        return db.tenantSql(tenantId, async (sql) =>
          (await sql.query('SELECT tenant_id FROM catalogs')).rows.map((row) => row.tenant_id),
        );
      default:
        return db.tenant(tenantId, async (tx) => {
          const job = await tx.job.create({
            data: { tenantId, id: newId('job'), kind: 'purge-query-images', state: 'done', payload: {} },
          });
          return [job.tenantId];
        });
    }
  }

  test(
    `${WORKERS} workers × 2 tenants on a pool of 4 while backends are terminated: 0 foreign rows, no dead end`,
    async () => {
      const killer = new pg.Client({ connectionString: at.adminUrl });
      await killer.connect();
      const kill = setInterval(() => {
        const victims = "usename = 'likeness_app' AND datname = current_database()";
        killer
          .query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${victims} ORDER BY random() LIMIT 1`,
          )
          .catch(() => {});
      }, 150);
      const counts = { answered: 0, foreign: 0, unavailable: 0 };
      const unexpected: unknown[] = [];
      const worker = async (number: number): Promise<void> => {
        const tenantId = tenants[number % 2] as string;
        for (let i = 0; i < REQUESTS_EACH; i++) {
          try {
            const seen = await request(tenantId, Math.floor(Math.random() * 4));
            counts.answered += 1;
            counts.foreign += seen.filter((tenant) => tenant !== tenantId).length;
          } catch (error) {
            if (error instanceof AppError && error.code === 'database_unavailable') counts.unavailable += 1;
            else unexpected.push(error);
          }
        }
      };
      await Promise.all(Array.from({ length: WORKERS }, (_, number) => worker(number)));
      clearInterval(kill);
      await killer.end();
      figure(4, {
        figure: `${counts.answered} answers of ${WORKERS} workers, ${counts.foreign} foreign rows, ${unexpected.length} faults, ${counts.unavailable} cut by the kills`,
        limit: '0 foreign rows, 0 dead ends',
      });
      expect(unexpected).toEqual([]);
      expect(counts.foreign).toBe(0);
      expect(counts.answered + counts.unavailable).toBe(WORKERS * REQUESTS_EACH);
      expect(counts.answered).toBeGreaterThan(WORKERS * REQUESTS_EACH * 0.9);
    },
    60_000 + WORKERS * REQUESTS_EACH * 5,
  );

  test('a call for another tenant or for the system inside an open call throws at once', async () => {
    const [a = '', b = ''] = tenants;
    await expect(at.db.tenant(a, () => at.db.tenant(b, async () => 1))).rejects.toThrow(
      /inside an open call/,
    );
    await expect(at.db.tenant(a, () => at.db.system(async () => 1))).rejects.toThrow(/inside an open call/);
    await expect(at.db.tenant(a, () => at.db.tenantSql(a, async () => 1))).rejects.toThrow(/inside an open/);
  });

  test('work that outlives its call does not reuse the closed transaction', async () => {
    const [a = ''] = tenants;
    let later: Promise<number> = Promise.resolve(0);
    await at.db.tenant(a, async () => {
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
        at.db.tenant(a, (tx) => tx.catalog.count()),
      );
    });
    expect(await later).toBe(1);
  });
});
