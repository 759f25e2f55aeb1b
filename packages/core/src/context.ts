import type { Permission } from '@likeness/contracts/permissions';
import type { Database } from '@likeness/db/database';
import type { VectorEngine } from '@likeness/search-core/engines/vector-engine';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { ObjectStore } from './ports/object-store.ts';
import type { Vision } from './ports/vision.ts';

/** Who acts. `job` acts for the tenant in background work; `operator` runs the installation. */
export type Actor = {
  type: 'user' | 'key' | 'operator' | 'job';
  id: string;
  permissions: ReadonlySet<Permission>;
};

/** Everything outside a verb, made once per process by its composition root. */
export type Deps = {
  db: Database;
  vision: Vision;
  engine: VectorEngine;
  objects: ObjectStore;
  clock: Clock;
  log: Log;
  secrets: { keyPepper: string };
};

/**
 * The first argument of every verb: `verb(ctx, input)`. A verb guards, parses, reads in a short tenant
 * transaction, closes it, calls ports, and writes in a second short transaction. No transaction spans a port.
 */
export type Ctx = {
  tenantId: string;
  actor: Actor;
  requestId: string;
  deps: Deps;
  /** Where the call came from; written to the audit log. */
  address?: string;
  signal?: AbortSignal;
};

/** Context of a call that belongs to no tenant (sign-in, creating a tenant, an operator's act). */
export type SystemCtx = Omit<Ctx, 'tenantId'>;
