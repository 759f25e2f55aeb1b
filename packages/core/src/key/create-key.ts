import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { SCOPES, scopeSchema } from '@likeness/contracts/scopes';
import type { Tx } from '@likeness/db/database';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type Bounds, boundsOf, requireWithin } from './key-bounds.ts';
import { hashKey, KEY_PREFIX, makeKey } from './key-format.ts';
import { type KeyView, toKeyView } from './key-view.ts';

export const createKeySchema = z.object({
  name: z.string().trim().min(1).max(100).default('API key'),
  scopes: z.union([z.literal('all'), z.array(scopeSchema).min(1)]).default('all'),
  ratePerSecond: z.number().min(0.1).max(1000).optional(),
  burst: z.number().int().min(1).max(5000).optional(),
  expiresAt: z.date().nullish(),
});
export type CreateKeyInput = z.input<typeof createKeySchema>;

/** Where nothing is said, as far as the maker may go itself. */
const USUAL = { ratePerSecond: 50, burst: 100 } as const;

/**
 * Makes a key and shows it, once. A caller can grant only scopes that it has itself, and a key of some scopes only its own rate and time.
 * Errors: `insufficient_scope`, `forbidden`.
 */
export async function createKey(ctx: Ctx, input: CreateKeyInput): Promise<{ apiKey: string; key: KeyView }> {
  requirePermission(ctx, 'keys:write');
  const { scopes: wanted, ...rest } = createKeySchema.parse(input);
  const scopes =
    wanted === 'all' ? SCOPES.filter((scope) => ctx.actor.permissions.has(scope)) : [...new Set(wanted)];
  for (const scope of scopes) requirePermission(ctx, scope);
  if (rest.expiresAt && rest.expiresAt.getTime() <= ctx.deps.clock.now())
    throw new AppError('invalid_request', { message: 'The key would have expired already.' });
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const bounds = await boundsOf(tx, ctx);
    const limits = {
      ratePerSecond: rest.ratePerSecond ?? Math.min(USUAL.ratePerSecond, bounds.ratePerSecond),
      burst: rest.burst ?? Math.min(USUAL.burst, bounds.burst),
      expiresAt: rest.expiresAt ?? bounds.expiresAt,
    };
    requireWithin(bounds, limits);
    return insertKey(tx, ctx, { name: rest.name, scopes, ...limits });
  });
}

export async function insertKey(
  tx: Tx,
  ctx: Ctx,
  input: Bounds & { name: string; scopes: string[] },
): Promise<{ apiKey: string; key: KeyView }> {
  const apiKey = makeKey();
  const row = await tx.apiKey.create({
    data: {
      tenantId: ctx.tenantId,
      id: newId('key', ctx.deps.clock.now()),
      name: input.name,
      prefix: apiKey.slice(0, KEY_PREFIX.length + 4),
      last4: apiKey.slice(-4),
      hmac: hashKey(apiKey, ctx.deps.secrets.keyPepper),
      scopes: input.scopes,
      ratePerSecond: input.ratePerSecond,
      burst: input.burst,
      expiresAt: input.expiresAt,
      createdBy: `${ctx.actor.type}:${ctx.actor.id}`,
    },
  });
  await recordAudit(tx, ctx, {
    action: 'key.create',
    subject: row.id,
    after: {
      name: row.name,
      scopes: row.scopes,
      ...(row.expiresAt ? { expires_at: row.expiresAt } : {}),
    },
  });
  return { apiKey, key: toKeyView(row) };
}
