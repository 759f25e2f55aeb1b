import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@likeness/contracts/ids';
import type { JobKind, JobPayload } from '@likeness/contracts/jobs';
import { PERMISSIONS } from '@likeness/contracts/permissions';
import { createInferenceClient } from '@likeness/core/adapters/inference-client';
import { createLocalObjectStore } from '@likeness/core/adapters/local-object-store';
import type { Ctx, Deps } from '@likeness/core/context';
import type { JobRun } from '@likeness/core/job/job-run';
import { systemClock } from '@likeness/core/ports/clock';
import { silentLog } from '@likeness/core/ports/log';
import { createTenant } from '@likeness/core/tenant/create-tenant';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import { createEmbeddedEngine } from '@likeness/search-core/engines/embedded/embedded-engine';
import { freePort, root, stopProcess } from './product.ts';

export type Stack = {
  deps: Deps;
  folder: string;
  inferenceUrl: string;
  engineUrl: string;
  database: TestDatabase;
  /** A new tenant's context with every permission. */
  tenant(name: string): Promise<Ctx>;
  /** Runs the jobs of a tenant that wait, in this process, until none is left; gives the last result. */
  work(ctx: Ctx, handlers: Handlers): Promise<unknown>;
  killEngine(): Promise<void>;
  startEngine(): Promise<void>;
  stop(): Promise<void>;
};
export type Handlers = { [K in JobKind]?: (run: JobRun<K>) => Promise<unknown> };

/** Real Postgres, real inference and real engine processes, without the web app. */
export async function startStack(options: { clock?: Deps['clock'] } = {}): Promise<Stack> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-stack-'));
  const database = await createTestDatabase({ poolMax: 6 });
  const [inferencePort, enginePort] = [await freePort(), await freePort()];
  const inferenceUrl = `http://127.0.0.1:${inferencePort}`;
  const engineUrl = `http://127.0.0.1:${enginePort}`;
  const inference = launch('inference', { PORT: String(inferencePort), LIKENESS_DATA: folder });
  let engine = launch('engine', { PORT: String(enginePort), ENGINE_DATA: path.join(folder, 'engine') });
  await Promise.all([ready(inferenceUrl), ready(engineUrl)]);
  const objects = createLocalObjectStore({ dir: path.join(folder, 'objects') });
  const deps: Deps = {
    db: database.db,
    vision: createInferenceClient({ url: inferenceUrl, objects }),
    engine: createEmbeddedEngine({ url: engineUrl }),
    objects,
    clock: options.clock ?? systemClock,
    log: silentLog,
    secrets: { keyPepper: 'pepper of the tests, long enough' },
  };
  return {
    deps,
    folder,
    inferenceUrl,
    engineUrl,
    database,
    tenant: (name) => tenantContext(deps, name),
    work: (ctx, handlers) => workOff(ctx, handlers),
    killEngine: async () => {
      const gone = new Promise((resolve) => engine.once('exit', resolve));
      engine.kill('SIGKILL');
      await gone;
    },
    startEngine: async () => {
      engine = launch('engine', { PORT: String(enginePort), ENGINE_DATA: path.join(folder, 'engine') });
      await ready(engineUrl);
    },
    stop: async () => {
      await Promise.all([stopProcess(inference), stopProcess(engine), database.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(app: string, env: NodeJS.ProcessEnv): ChildProcess {
  const cwd = path.join(root, 'apps', app);
  return spawn(process.execPath, [path.join(cwd, 'src/main.ts')], {
    cwd,
    env: { ...process.env, ...env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function ready(url: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`${url} did not become ready`);
}

async function tenantContext(deps: Deps, name: string): Promise<Ctx> {
  const operator = { type: 'operator' as const, id: 'tests', permissions: new Set(PERMISSIONS) };
  const { tenantId } = await createTenant(
    { actor: operator, requestId: newId('request'), deps },
    { name: `${name} ${newId('request').slice(-8)}` },
  );
  return {
    tenantId,
    actor: { type: 'user', id: 'usr_test', permissions: new Set(PERMISSIONS) },
    requestId: newId('request'),
    deps,
  };
}

/** What a worker does, without leases: the tests of the worker prove those. */
async function workOff(ctx: Ctx, handlers: Handlers): Promise<unknown> {
  let last: unknown = null;
  for (;;) {
    const job = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.job.findFirst({
        where: { state: 'queued', runAfter: { lte: new Date() } },
        orderBy: { createdAt: 'asc' },
      }),
    );
    if (!job) return last;
    const handler = handlers[job.kind as JobKind] as ((run: JobRun) => Promise<unknown>) | undefined;
    if (!handler) throw new Error(`no handler for ${job.kind}`);
    const controller = new AbortController();
    const run: JobRun = {
      ctx: { ...ctx, signal: controller.signal },
      jobId: job.id,
      attempt: 1,
      payload: job.payload as JobPayload<JobKind>,
      checkpoint: job.checkpoint,
      saveCheckpoint: async () => {},
      progress: () => {},
      assertLease: async () => {},
      signal: controller.signal,
    };
    last = await handler(run);
    await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.job.updateMany({
        where: { id: job.id },
        data: { state: 'done', result: last as object, finishedAt: new Date() },
      }),
    );
  }
}
