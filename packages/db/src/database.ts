import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { isConnectionError, toDatabaseError } from './database-errors.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { type Handler, Listener } from './listener.ts';
import { runInOneMessage, type Statement } from './one-message.ts';
import { assertTenantId, setTenant } from './set-tenant.ts';

export type Tx = Prisma.TransactionClient;
/** A plain connection inside a transaction whose tenant is set: for COPY and for the few hottest statements. */
export type SqlClient = Pick<pg.PoolClient, 'query'>;

/**
 * The two doors to Postgres. Both are one short transaction; nothing else reaches a table. A call inside an open
 * call joins it when it is the same door and tenant, and throws otherwise: waiting for a second connection while
 * holding one is how pools lock up.
 * Errors: `database_unavailable`, `overloaded` (no connection within 5 s).
 */
export interface Database {
  /** Runs `fn` in one transaction that sees and writes only this tenant's rows; a throw undoes all of it. */
  tenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same guard for plain SQL and COPY; may run up to `timeoutMs` (30 s unless told). Never joins an open call. */
  tenantSql<T>(
    tenantId: string,
    fn: (sql: SqlClient) => Promise<T>,
    options?: { timeoutMs?: number },
  ): Promise<T>;
  /** The same guard for one hot statement: one round trip, its plan prepared once per connection. */
  tenantStatement<Row extends object>(tenantId: string, statement: Statement): Promise<Row[]>;
  /** As role likeness_system: tenants, memberships, api_keys, jobs, people and sessions, of all tenants. */
  system<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement that may be repeated, as that role, in one message: a process that freezes in it keeps no row locked. */
  systemStatement<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]>;
  ping(): Promise<void>;
  /** NOTIFY payloads of a channel; '' after a reconnect, when some may have been missed. */
  listen(channel: string, handler: Handler): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export type DatabaseOptions = {
  appUrl: string;
  systemUrl: string;
  /** Connections of the app role; the system role takes at most half as many, at least 2. */
  poolMax: number;
};

const CONNECT_TIMEOUT_MS = 5000;
const TRANSACTION_TIMEOUT_MS = 20_000;

type OpenCall = { door: string; tx: Tx; open: boolean };

export function openDatabase({ appUrl, systemUrl, poolMax }: DatabaseOptions): Database {
  const appPool = openPool(appUrl, poolMax);
  const systemPool = openPool(systemUrl, Math.max(2, Math.ceil(poolMax / 2)));
  const app = new PrismaClient({ adapter: new PrismaPg(appPool) });
  const system = new PrismaClient({ adapter: new PrismaPg(systemPool) });
  const listener = new Listener(systemUrl);
  const calls = new AsyncLocalStorage<OpenCall>();

  return {
    async tenant(tenantId, fn) {
      assertTenantId(tenantId);
      const prepare = (tx: Tx): Promise<void> => setTenant(tx, tenantId);
      return within(calls, { client: app, door: tenantId, prepare }, fn);
    },
    async tenantSql(tenantId, fn, options = {}) {
      assertTenantId(tenantId);
      if (calls.getStore()?.open) throw new Error('tenantSql() inside an open tenant() or system() call');
      return plainTransaction(appPool, { tenantId, timeoutMs: options.timeoutMs ?? 30_000 }, fn);
    },
    async tenantStatement(tenantId, statement) {
      assertTenantId(tenantId);
      if (calls.getStore()?.open)
        throw new Error('tenantStatement() inside an open tenant() or system() call');
      return runInOneMessage(appPool, tenantId, statement);
    },
    system: (fn) => within(calls, { client: system, door: 'system', prepare: async () => {} }, fn),
    async systemStatement<Row extends object>(text: string, values: readonly unknown[]) {
      const ask = (): Promise<pg.QueryResult<Row>> => systemPool.query<Row>(text, [...values]);
      // A connection that died in the pool is noticed by its first statement.
      const answer = await ask()
        .catch((error) => (isConnectionError(error) ? ask() : Promise.reject(error)))
        .catch((error) => {
          throw toDatabaseError(error);
        });
      return answer.rows;
    },
    async ping() {
      await Promise.all([appPool.query('SELECT 1'), systemPool.query('SELECT 1')]).catch((error) => {
        throw toDatabaseError(error);
      });
    },
    listen: (channel, handler) => listener.listen(channel, handler),
    async close() {
      await listener.close();
      await Promise.all([app.$disconnect(), system.$disconnect()]);
      await Promise.all([appPool.end(), systemPool.end()]);
    },
  };
}

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'likeness',
  });
  // An idle connection that the server closed leaves the pool; unheard, its error would end the process.
  pool.on('error', ignore);
  // The server may close a connection in the very moment in which it is handed out, before its taker listens.
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

type Door = { client: PrismaClient; door: string; prepare: (tx: Tx) => Promise<void> };

/** One transaction through one door, or the open one of the same door. */
async function within<T>(
  calls: AsyncLocalStorage<OpenCall>,
  { client, door, prepare }: Door,
  fn: (tx: Tx) => Promise<T>,
): Promise<T> {
  const outer = calls.getStore();
  if (outer?.open) {
    if (outer.door === door) return fn(outer.tx);
    throw new Error(`a call for ${door} inside an open call for ${outer.door}`);
  }
  let began = false;
  const attempt = (): Promise<T> =>
    client.$transaction(
      async (tx) => {
        await prepare(tx);
        began = true;
        const call: OpenCall = { door, tx, open: true };
        try {
          return await calls.run(call, () => fn(tx));
        } finally {
          call.open = false;
        }
      },
      { maxWait: CONNECT_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS },
    );
  try {
    return await attempt().catch((error) => {
      // A connection that died in the pool is noticed by its first statement; nothing of ours has run yet.
      if (!began && isConnectionError(error)) return attempt();
      throw error;
    });
  } catch (error) {
    throw toDatabaseError(error);
  }
}

async function plainTransaction<T>(
  pool: pg.Pool,
  { tenantId, timeoutMs }: { tenantId: string; timeoutMs: number },
  fn: (sql: SqlClient) => Promise<T>,
): Promise<T> {
  let client: pg.PoolClient | null = null;
  let broken: Error | undefined;
  try {
    client = await pool.connect();
    client.on('error', ignore);
    // One message instead of three; the id was checked to be letters and digits.
    await client.query(`BEGIN; SET LOCAL statement_timeout = ${Math.ceil(timeoutMs)};
      SELECT set_config('app.tenant_id', '${tenantId}', true)`);
    const result = await fn(client);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT')
      throw new Error('a statement failed and was not heeded: the transaction was undone');
    return result;
  } catch (error) {
    await client?.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw toDatabaseError(error);
  } finally {
    client?.off('error', ignore);
    client?.release(broken);
  }
}

function ignore(): void {}
