import type { Database } from '@likeness/db/database';

/**
 * Ends every lease: for a worker that knows itself to be the only one of its database, so that a lease which stands as
 * it starts is a dead worker's. The jobs are taken back at once instead of after the rest of the lease; should the dead
 * one live after all, its token is void like any other's whose lease ran out.
 */
export async function releaseLeases(db: Database): Promise<void> {
  await db.system(
    (tx) => tx.$executeRaw`UPDATE jobs SET lease_until = to_timestamp(0) WHERE state = 'running'`,
  );
}
