import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@likeness/contracts/ids';
import { PERMISSIONS, type Role } from '@likeness/contracts/permissions';
import type { Ctx, Deps } from '@likeness/core/context';
import { addMember } from '@likeness/core/member/add-member';
import { systemClock } from '@likeness/core/ports/clock';
import { type Database, openDatabase } from '@likeness/db/database';
import { freePort, type Product, root, stopProcess } from './product.ts';

type Remembered = { pid: number; mark: string }[];

/** The process of one service of a started product, as its launcher remembers it. */
export function pidOf(product: Product, app: string): number {
  const file = path.join(product.dataDir, 'processes.json');
  const processes = JSON.parse(readFileSync(file, 'utf8')) as Remembered;
  const found = processes.find((each) => each.mark.includes(`apps/${app}/`));
  if (!found) throw new Error(`${app} does not run`);
  return found.pid;
}

export function environmentOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** The product's own database, through the same two doors as its web process. */
export function openProductDatabase(product: Product): Database {
  const { DATABASE_URL = '', DATABASE_SYSTEM_URL = '' } = environmentOf(pidOf(product, 'web'));
  return openDatabase({ appUrl: DATABASE_URL, systemUrl: DATABASE_SYSTEM_URL, poolMax: 3 });
}

export type SecondWeb = { url: string; process: ChildProcess; stop(): Promise<number | null> };

/** Another web process of the same product, on a port of its own; it shares database, engine and inference. */
export async function startSecondWeb(
  product: Product,
  settings: Record<string, string> = {},
): Promise<SecondWeb> {
  const port = await freePort();
  const env = {
    ...environmentOf(pidOf(product, 'web')),
    ...settings,
    PORT: String(port),
  } as unknown as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [path.join(root, 'apps/web/src/main.ts')], {
    cwd: path.join(root, 'apps/web'),
    env,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300; i++) {
    if ((await fetch(`${url}/livez`).catch(() => null))?.ok)
      return { url, process: child, stop: () => stopProcess(child) };
    await sleep(100);
  }
  throw new Error('the second web process did not become ready');
}

/** A context of one tenant for verbs that need the database alone. */
export function besideCtx(db: Database, tenantId: string): Ctx {
  const actor = { type: 'user' as const, id: 'usr_tests', permissions: new Set(PERMISSIONS) };
  return {
    tenantId,
    actor,
    requestId: newId('request'),
    deps: { db, clock: systemClock } as unknown as Deps,
  };
}

export type Person = { userId: string; email: string; password: string };

/** Somebody new with a seat in this tenant. */
export async function seatPerson(db: Database, seat: { tenantId: string; role: Role }): Promise<Person> {
  const email = `${newId('user')}@example.com`;
  const added = await addMember(besideCtx(db, seat.tenantId), { email, name: 'Somebody', role: seat.role });
  return { userId: added.userId, email, password: added.password ?? '' };
}
