import { setTimeout as sleep } from 'node:timers/promises';
import { PERMISSIONS } from '@likeness/contracts/permissions';
import type { Ctx, Deps } from '@likeness/core/context';
import { cancelJob } from '@likeness/core/job/cancel-job';
import { enqueueJob } from '@likeness/core/job/enqueue-job';
import { getJob } from '@likeness/core/job/get-job';
import type { JobView } from '@likeness/core/job/job-view';
import { watchJob } from '@likeness/core/job/watch-job';
import { createTenantRow } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type WorkerFleet, workerFleet } from './worker-processes.ts';

const JOBS = Number(process.env.LIKENESS_JOBS ?? 120);
const KILLS = Number(process.env.LIKENESS_KILLS ?? 5);
const LEASE_SECONDS = 2;

describe('each job’s effect happens once, whatever dies (property 32)', () => {
  let at: TestDatabase;
  let admin: pg.Client;
  let fleet: WorkerFleet;
  let contexts: Ctx[];

  beforeAll(async () => {
    at = await createTestDatabase();
    admin = new pg.Client({ connectionString: at.adminUrl });
    await admin.connect();
    await admin.query(
      'CREATE TABLE effects (tenant_id text, job_id text, step int, attempt int, at timestamptz DEFAULT clock_timestamp())',
    );
    await admin.query('GRANT INSERT ON effects TO likeness_app');
    const deps = { db: at.db } as unknown as Deps;
    const actor = { type: 'user' as const, id: 'test', permissions: new Set(PERMISSIONS) };
    const tenants = [await createTenantRow(at.db, 'A'), await createTenantRow(at.db, 'B')];
    contexts = tenants.map((tenantId) => ({ tenantId, actor, requestId: 'req_test', deps }));
  });
  beforeEach(() => {
    fleet = workerFleet(at, { leaseSeconds: LEASE_SECONDS, concurrency: 4 });
  });
  afterEach(async () => {
    await fleet.stopAll();
    await admin.query('DELETE FROM jobs');
    await admin.query('DELETE FROM effects');
  });
  afterAll(async () => {
    await admin.end();
    await at.close();
  });

  const enqueue = async (ctx: Ctx, mode: string, { steps = 1, stepMs = 0 } = {}): Promise<string> => {
    const payload = { catalogId: mode, products: steps, seed: stepMs };
    const { jobId } = await at.db.tenant(ctx.tenantId, (tx) =>
      enqueueJob(tx, ctx, { kind: 'seed-sample', payload }),
    );
    return jobId;
  };
  const states = async (): Promise<Record<string, number>> => {
    const { rows } = await admin.query('SELECT state, count(*)::int AS n FROM jobs GROUP BY state');
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  };
  const until = async (isSo: () => Promise<boolean>, withinMs: number): Promise<number> => {
    const start = Date.now();
    while (!(await isSo())) {
      if (Date.now() - start > withinMs)
        throw new Error(`not within ${withinMs} ms: ${JSON.stringify(await states())}`);
      await sleep(25);
    }
    return Date.now() - start;
  };
  /** Starts workers anew when they die, as the launcher does. */
  const keepUp = (count: number): (() => void) => {
    const timer = setInterval(() => {
      if (fleet.running().length < count) fleet.start().catch(() => {});
    }, 300);
    return () => clearInterval(timer);
  };
  const isIn = (ctx: Ctx, jobId: string, state: string) => async () =>
    (await getJob(ctx, { jobId })).state === state;

  test(
    `${JOBS} jobs of 2 tenants while ${KILLS} workers are killed, backends terminated: none lost, none doubled`,
    async () => {
      const [a, b] = contexts as [Ctx, Ctx];
      for (let i = 0; i < JOBS; i++) await enqueue(i % 2 ? a : b, 'effect', { steps: 3, stepMs: 20 });
      await Promise.all([fleet.start(), fleet.start(), fleet.start()]);
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(400);
        fleet.running()[0]?.kill('SIGKILL');
        await admin.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('likeness_app', 'likeness_system') AND random() < 0.3",
        );
        await fleet.start();
      }
      const stopKeeping = keepUp(2);
      await until(
        async () => {
          const now = await states();
          return !now.queued && !now.running;
        },
        90_000 + JOBS * 60,
      );
      stopKeeping();
      expect(await states()).toEqual({ done: JOBS });
      const { rows } = await admin.query(
        'SELECT count(*)::int AS n, count(DISTINCT (job_id, step))::int AS distinct FROM effects',
      );
      expect(rows[0]).toEqual({ n: JOBS * 3, distinct: JOBS * 3 });
    },
    180_000 + JOBS * 100,
  );

  test('a poison job is parked at its third attempt and takes none of its neighbours with it', async () => {
    const [a, b] = contexts as [Ctx, Ctx];
    const poison = await enqueue(a, 'poison', { stepMs: 250 });
    for (let i = 0; i < 6; i++) await enqueue(i % 2 ? a : b, 'plain', { stepMs: 700 });
    await fleet.start();
    const stopKeeping = keepUp(1);
    await until(isIn(a, poison, 'failed'), 40_000);
    await until(async () => (await states()).done === 6, 20_000);
    stopKeeping();
    expect(await getJob(a, { jobId: poison })).toMatchObject({
      state: 'failed',
      attempt: 3,
      error: { code: 'internal' },
    });
    expect(await states()).toEqual({ done: 6, failed: 1 });
  }, 90_000);

  test('a worker that was frozen beyond its lease and wakes while another runs the job changes nothing', async () => {
    const [a] = contexts as [Ctx];
    const frozen = await fleet.start();
    const jobId = await enqueue(a, 'effect', { steps: 8, stepMs: 400 });
    const effects = async (): Promise<number> => (await admin.query('SELECT 1 FROM effects')).rows.length;
    await until(async () => (await effects()) === 1, 5000);
    frozen.kill('SIGSTOP');
    await fleet.start();
    // Frozen inside a transaction it holds the job's row until Postgres ends its session, 30 s later.
    await until(async () => (await effects()) === 4, 45_000);
    frozen.kill('SIGCONT');
    await until(isIn(a, jobId, 'done'), 10_000);
    const { rows } = await admin.query(
      'SELECT step, count(*)::int AS n FROM effects GROUP BY step ORDER BY step',
    );
    expect(rows).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((step) => ({ step, n: 1 })));
  }, 90_000);

  test.each(['effect', 'stubborn'])(
    'cancel ends a running job within 3 s (%s handler), and no step follows',
    async (mode) => {
      const [a] = contexts as [Ctx];
      await fleet.start();
      const jobId = await enqueue(a, mode, { steps: 40, stepMs: 300 });
      await until(isIn(a, jobId, 'running'), 5000);
      await sleep(700);
      await cancelJob(a, { jobId });
      expect(await until(isIn(a, jobId, 'canceled'), 4000)).toBeLessThan(3500);
      const { rows: before } = await admin.query('SELECT count(*)::int AS n FROM effects');
      await sleep(900);
      expect((await admin.query('SELECT count(*)::int AS n FROM effects')).rows).toEqual(before);
      expect(before[0].n).toBeGreaterThan(0);
    },
  );

  test('SIGTERM hands the running job back with its checkpoint, not counted as an attempt, and ends with 0', async () => {
    const [a] = contexts as [Ctx];
    const first = await fleet.start();
    const jobId = await enqueue(a, 'effect', { steps: 6, stepMs: 200 });
    await until(async () => (await admin.query('SELECT 1 FROM effects')).rows.length >= 2, 5000);
    const start = Date.now();
    first.kill('SIGTERM');
    expect(await new Promise((resolve) => first.once('exit', resolve))).toBe(0);
    expect(Date.now() - start).toBeLessThan(5000);
    expect(await getJob(a, { jobId })).toMatchObject({ state: 'queued', attempt: 0 });
    await fleet.start();
    await until(isIn(a, jobId, 'done'), 10_000);
    const { rows } = await admin.query('SELECT count(*)::int AS n FROM effects');
    expect(rows[0].n).toBe(6);
  });

  test('a mistake in the input fails at once with its reason; an inner error is tried again and shows no detail', async () => {
    const [a] = contexts as [Ctx];
    await fleet.start();
    const refused = await enqueue(a, 'refuse');
    const flaky = await enqueue(a, 'flaky', { steps: 0 });
    await until(isIn(a, refused, 'failed'), 5000);
    expect(await getJob(a, { jobId: refused })).toMatchObject({
      attempt: 1,
      error: { code: 'invalid_csv', message: 'line 3' },
    });
    await until(async () => (await getJob(a, { jobId: flaky })).error !== null, 5000);
    expect(JSON.stringify(await getJob(a, { jobId: flaky }))).not.toContain('secret');
    await until(isIn(a, flaky, 'done'), 10_000);
    expect(await getJob(a, { jobId: flaky })).toMatchObject({ attempt: 2, error: null });
  });

  test('a reason that quotes what no text may hold is stored all the same', async () => {
    const [a] = contexts as [Ctx];
    await fleet.start();
    const jobId = await enqueue(a, 'unstorable');
    await until(isIn(a, jobId, 'failed'), 5000);
    expect(await getJob(a, { jobId })).toMatchObject({
      attempt: 1,
      error: { code: 'invalid_csv', message: 'a\uFFFDb \uFFFD' },
    });
  });

  test('a job whose end cannot be written counts its attempts and is parked after the last', async () => {
    const [a] = contexts as [Ctx];
    const jobId = await enqueue(a, 'unwritable');
    await admin.query('UPDATE jobs SET max_attempts = 2');
    await fleet.start();
    await until(isIn(a, jobId, 'failed'), 12_000);
    expect(await getJob(a, { jobId })).toMatchObject({ attempt: 2, error: { code: 'internal' } });
  }, 30_000);

  test('a stream of a job shows each version once, progress never goes back, and a reader who comes back misses nothing', async () => {
    const [a, b] = contexts as [Ctx, Ctx];
    await fleet.start();
    const jobId = await enqueue(a, 'effect', { steps: 12, stepMs: 200 });
    const views: JobView[] = [];
    for await (const view of watchJob(a, { jobId })) {
      views.push(view);
      if (views.length === 3) break;
    }
    for await (const view of watchJob(a, { jobId, afterVersion: views.at(-1)?.version ?? 0 }))
      views.push(view);
    const versions = views.map((view) => view.version);
    expect(versions).toEqual([...new Set(versions)].sort((x, y) => x - y));
    const done = views.map((view) => view.progress?.done ?? 0);
    expect(done).toEqual([...done].sort((x, y) => x - y));
    expect(views.at(-1)).toMatchObject({
      state: 'done',
      progress: { done: 12, total: 12 },
      result: { steps: 12 },
    });
    await expect(watchJob(b, { jobId }).next()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('short work that people wait for has a place of its own while long jobs fill the worker', async () => {
    const [a] = contexts as [Ctx];
    await fleet.start();
    for (let i = 0; i < 6; i++) await enqueue(a, 'effect', { steps: 50, stepMs: 200 });
    await until(async () => (await states()).running === 4, 3000);
    const { jobId } = await at.db.tenant(a.tenantId, (tx) =>
      enqueueJob(tx, a, { kind: 'purge-query-images', payload: {} }),
    );
    expect(await until(isIn(a, jobId, 'done'), 3000)).toBeLessThan(1500);
  });

  test('a worker that knows itself to be alone goes on at once with what a killed one had, not after the lease', async () => {
    const [a] = contexts as [Ctx];
    await fleet.stopAll();
    fleet = workerFleet(at, { leaseSeconds: 30, concurrency: 4, isOnlyOne: true });
    const first = await fleet.start();
    const jobId = await enqueue(a, 'effect', { steps: 6, stepMs: 200 });
    await until(async () => (await admin.query('SELECT 1 FROM effects')).rows.length >= 2, 5000);
    first.kill('SIGKILL');
    await new Promise((resolve) => first.once('exit', resolve));
    await fleet.start();
    expect(await until(isIn(a, jobId, 'done'), 10_000)).toBeLessThan(6000);
    expect((await admin.query('SELECT count(*)::int AS n FROM effects')).rows[0].n).toBe(6);
  }, 30_000);

  test('a tenant with one job does not wait behind another tenant’s hundred', async () => {
    const [a, b] = contexts as [Ctx, Ctx];
    for (let i = 0; i < 100; i++) await enqueue(a, 'effect', { steps: 1, stepMs: 100 });
    const lonely = await enqueue(b, 'effect');
    await fleet.start();
    await until(isIn(b, lonely, 'done'), 1500);
    expect((await states()).queued).toBeGreaterThan(50);
  });
});
