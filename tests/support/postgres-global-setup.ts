import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRunningServer, isLiving, stopServer } from '@likeness/db/embedded/running-server';
import { startEmbeddedPostgres } from '@likeness/db/embedded-postgres';
import { freePort } from '@likeness/db/testing/free-port';
import { makeTemplateDatabase } from '@likeness/db/testing/template-database';

const PREFIX = 'likeness-test-';
/** A test server may lose everything: it need not wait for the disk. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

/** Starts one Postgres for the whole run and makes the template; `TEST_PG_ADMIN_URL` tells the workers where. */
export default async function setup(): Promise<() => Promise<void>> {
  await removeLeftovers();
  const home = path.join(os.tmpdir(), `${PREFIX}${process.pid}`);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const server = await startEmbeddedPostgres({
    dataDir: path.join(home, 'postgres'),
    port: await freePort(),
    logFile: path.join(home, 'postgres.log'),
    settings: SETTINGS,
  });
  await makeTemplateDatabase(server.adminUrl);
  process.env.TEST_PG_ADMIN_URL = server.adminUrl;
  return async () => {
    await server.stop();
    rmSync(server.folder, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  };
}

/** Servers of runs that were killed: their folder carries the process id of a run that is no more. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(os.tmpdir())) {
    const run = Number(name.slice(PREFIX.length));
    if (!name.startsWith(PREFIX) || !run || isLiving(run)) continue;
    const home = path.join(os.tmpdir(), name);
    const folder = path.join(home, 'postgres');
    const server = existsSync(folder) ? findRunningServer(folder) : null;
    if (server) await stopServer(server.pid);
    rmSync(home, { recursive: true, force: true });
  }
}
