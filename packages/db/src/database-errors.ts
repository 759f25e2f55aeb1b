import { AppError } from '@likeness/contracts/errors';

/** SQLSTATEs and socket errors that mean: the server is away, going away, or full. */
const CONNECTION_CODES = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
]);
const CONNECTION_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);
const CONNECTION_TEXT =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|server has closed the connection|the database system is (starting up|shutting down)|terminating connection/i;
const NO_TRANSACTION_TEXT = /unable to start a transaction in the given time/i;

/** Details of a thrown value, nested as Prisma, its adapter and pg nest them. */
type Layer = {
  code?: unknown;
  kind?: unknown;
  originalCode?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
};

function* layers(error: unknown): Generator<Layer> {
  const seen = new Set<unknown>();
  const queue = [error];
  while (queue.length > 0) {
    const at = queue.pop();
    if (typeof at !== 'object' || at === null || seen.has(at)) continue;
    seen.add(at);
    const layer = at as Layer;
    yield layer;
    queue.push(layer.cause, layer.meta?.driverAdapterError);
  }
}

/** True when the server could not be reached or dropped us, so that the same call may succeed a moment later. */
export function isConnectionError(error: unknown): boolean {
  for (const { code, kind, originalCode, message } of layers(error)) {
    if (CONNECTION_CODES.has(String(code)) || CONNECTION_CODES.has(String(originalCode))) return true;
    if (CONNECTION_KINDS.has(String(kind))) return true;
    if (typeof message === 'string' && CONNECTION_TEXT.test(message)) return true;
  }
  return false;
}

/**
 * Name of the constraint that a write hit, or null: a unique key, a foreign key or a check. Prisma 7 hides it below
 * its driver adapter's error; raw SQL carries it itself.
 */
export function violatedConstraint(error: unknown): string | null {
  for (const layer of layers(error)) {
    const constraint = (layer as { constraint?: unknown }).constraint;
    if (typeof constraint === 'string') return constraint;
    const index = (constraint as { index?: unknown } | undefined)?.index;
    if (typeof index === 'string') return index;
  }
  return null;
}

/** True when a write hit a unique key. */
export function isUniqueViolation(error: unknown): boolean {
  for (const { code, kind, originalCode } of layers(error)) {
    if (
      code === 'P2002' ||
      code === '23505' ||
      originalCode === '23505' ||
      kind === 'UniqueConstraintViolation'
    )
      return true;
  }
  return false;
}

const DISK_FULL = '53100';
const DISK_FULL_TEXT = /no space left on device/i;

function isDiskFull(error: unknown): boolean {
  for (const { code, originalCode, message } of layers(error)) {
    if (code === DISK_FULL || originalCode === DISK_FULL) return true;
    if (typeof message === 'string' && DISK_FULL_TEXT.test(message)) return true;
  }
  return false;
}

/**
 * What callers see: `database_unavailable`, `storage_full`, `overloaded` (no connection came free in time), or the error
 * itself.
 */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isDiskFull(error)) return new AppError('storage_full', { cause: error });
  for (const { message } of layers(error)) {
    if (typeof message === 'string' && NO_TRANSACTION_TEXT.test(message) && !isConnectionError(error)) {
      return new AppError('overloaded', { cause: error, retryAfterSeconds: 1 });
    }
  }
  return isConnectionError(error)
    ? new AppError('database_unavailable', { cause: error, retryAfterSeconds: 2 })
    : error;
}
