import type { Prisma } from './generated/client.ts';

const TENANT_ID = /^ten_[0-9a-z]{26}$/;

/** Opens one tenant's rows until the transaction ends; the connection goes back to the pool with no tenant. */
export async function setTenant(tx: Prisma.TransactionClient, tenantId: string): Promise<void> {
  assertTenantId(tenantId);
  await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
}

/** Throws for anything that is no tenant's id; '' would otherwise mean "no tenant". */
export function assertTenantId(tenantId: string): void {
  if (!TENANT_ID.test(tenantId)) throw new Error('a tenant id is needed');
}
