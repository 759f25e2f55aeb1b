import pg from 'pg';
import { isConnectionError, toDatabaseError } from './database-errors.ts';

/** One statement that runs often and may be repeated (a read, or an insert that ignores a conflict); `name` is its own for ever. */
export type Statement = { name: string; text: string; values: readonly Value[] };
type Scalar = string | number | boolean;
type Value = Scalar | Date | null | readonly Scalar[];

const NAME = /^[a-z][a-z_]{0,40}$/;
const NO_SUCH_STATEMENT = '26000';
/** What each connection has planned already. */
const prepared = new WeakMap<pg.PoolClient, Set<string>>();

/**
 * Runs one statement as a tenant in a single message and so a single round trip: several statements in one simple
 * query are one transaction (PostgreSQL 18, §54.2.2.1), which sets the tenant, executes the plan that this connection
 * has prepared, and commits. Resolves when the commit is durable.
 */
export async function runInOneMessage<Row extends object>(
  pool: pg.Pool,
  tenantId: string,
  statement: Statement,
): Promise<Row[]> {
  if (!NAME.test(statement.name)) throw new Error(`${statement.name} is no name of a statement`);
  return attempt<Row>(pool, tenantId, statement).catch((error) => {
    // A connection that died in the pool is noticed by its first statement.
    if (isConnectionError(error)) return attempt<Row>(pool, tenantId, statement);
    throw error;
  });
}

async function attempt<Row extends object>(
  pool: pg.Pool,
  tenantId: string,
  statement: Statement,
): Promise<Row[]> {
  const client = await pool.connect().catch((error) => {
    throw toDatabaseError(error);
  });
  let broken: Error | undefined;
  client.on('error', ignore);
  try {
    return await execute<Row>(client, tenantId, statement);
  } catch (error) {
    // An implicit transaction undoes itself; what is unsure about a connection is not handed on.
    broken = error as Error;
    throw toDatabaseError(error);
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

async function execute<Row extends object>(
  client: pg.PoolClient,
  tenantId: string,
  { name, text, values }: Statement,
): Promise<Row[]> {
  const known = prepared.get(client) ?? new Set();
  prepared.set(client, known);
  if (!known.has(name)) {
    await client.query(`PREPARE ${name} AS ${text}`);
    known.add(name);
  }
  const list = values.map(toLiteral).join(', ');
  // SET LOCAL has no plan and no answer, which a SELECT of set_config() would have.
  const message = `SET LOCAL app.tenant_id = '${tenantId}'; SET LOCAL statement_timeout = 30000;
    EXECUTE ${name}${values.length > 0 ? `(${list})` : ''}`;
  const results = (await client.query(message).catch((error: { code?: string }) => {
    if (error.code === NO_SUCH_STATEMENT) known.delete(name);
    throw error;
  })) as unknown as pg.QueryResult<Row>[];
  return results.at(-1)?.rows ?? [];
}

/** A value as a quoted literal without a type: Postgres reads it as the type of the parameter. */
function toLiteral(value: Value): string {
  return value === null ? 'NULL' : pg.escapeLiteral(toText(value));
}

function toText(value: Exclude<Value, null>): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value);
  const items = value.map((each) => `"${String(each).replace(/["\\]/g, '\\$&')}"`);
  return `{${items.join(',')}}`;
}

function ignore(): void {}
