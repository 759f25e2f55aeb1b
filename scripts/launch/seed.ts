import { newId } from '@likeness/contracts/ids';
import { PERMISSIONS } from '@likeness/contracts/permissions';
import type { Actor, Ctx, Deps, SystemCtx } from '@likeness/core/context';
import { createKey } from '@likeness/core/key/create-key';
import { hashKey } from '@likeness/core/key/key-format';
import { systemClock } from '@likeness/core/ports/clock';
import { silentLog } from '@likeness/core/ports/log';
import { createTenant } from '@likeness/core/tenant/create-tenant';
import { findTenant } from '@likeness/core/tenant/find-tenant';
import { createUser } from '@likeness/core/user/create-user';
import { type Database, openDatabase } from '@likeness/db/database';
import type { Secrets } from './data-folder.ts';
import type { StartedDatabase } from './database.ts';
import type { Settings } from './settings.ts';

export type Owner = { tenantId: string; email: string; password: string; apiKey: string };

const OPERATOR: Actor = { type: 'operator', id: 'launcher', permissions: new Set(PERMISSIONS) };
const EMAIL = 'owner@likeness.local';

/** The default tenant with its owner and a key with all scopes; what is there already is kept. */
export async function seedDefaultTenant(
  settings: Settings,
  secrets: Secrets,
  urls: StartedDatabase,
): Promise<Owner> {
  const db = openDatabase({ appUrl: urls.appUrl, systemUrl: urls.systemUrl, poolMax: 2 });
  try {
    const ctx: SystemCtx = { actor: OPERATOR, requestId: newId('request'), deps: depsOf(db, secrets) };
    const name = settings.seed === 'sample' ? 'sample' : 'default';
    const found = await oneOf(ctx, [name, 'sample', 'default']);
    const { tenantId } = found ?? (await createTenant(ctx, { name }));
    const password = secrets.ownerPassword;
    await createUser(ctx, { email: EMAIL, name: 'Owner', password, tenantId, role: 'owner' }).catch(
      ignoreKnown,
    );
    return { tenantId, email: EMAIL, password, apiKey: await keyOf({ ...ctx, tenantId }, secrets) };
  } finally {
    await db.close();
  }
}

async function oneOf(ctx: SystemCtx, names: readonly string[]): Promise<{ tenantId: string } | null> {
  for (const name of names) {
    const found = await findTenant(ctx, { nameOrId: name });
    if (found) return found;
  }
  return null;
}

/** The key of the last start, unless it was revoked or its database is gone. */
async function keyOf(ctx: Ctx, secrets: Secrets): Promise<string> {
  const known = secrets.apiKey;
  const hmac = known ? hashKey(known, secrets.keyPepper) : '';
  const living = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.apiKey.findFirst({ where: { hmac, revokedAt: null } }),
  );
  if (known && living) return known;
  return (await createKey(ctx, { name: 'First key', scopes: 'all', ratePerSecond: 50, burst: 100 })).apiKey;
}

function ignoreKnown(error: unknown): void {
  if ((error as { code?: string }).code !== 'conflict') throw error;
}

/** These verbs reach nothing but the database. */
function depsOf(db: Database, secrets: Secrets): Deps {
  return { db, clock: systemClock, log: silentLog, secrets: { keyPepper: secrets.keyPepper } } as Deps;
}
