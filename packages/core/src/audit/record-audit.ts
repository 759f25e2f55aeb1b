import { newId } from '@likeness/contracts/ids';
import type { Tx } from '@likeness/db/database';
import { Prisma } from '@likeness/db/generated/client';
import type { Ctx } from '../context.ts';
import { auditHash } from './audit-hash.ts';

export type AuditInput = {
  /** `<entity>.<verb>`, such as `key.create`. */
  action: string;
  /** Id of what it was done to. */
  subject: string;
  /** Plain JSON before and after; never a secret. */
  before?: unknown;
  after?: unknown;
};

type Auditor = Pick<Ctx, 'tenantId' | 'actor' | 'requestId' | 'address'>;

/**
 * Writes who did what, in the transaction of the change itself. Lines of a tenant form a chain (each hash covers the
 * one before), so writers of one tenant take turns until they commit: call it last in the transaction.
 */
export async function recordAudit(tx: Tx, ctx: Auditor, input: AuditInput): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audit ${ctx.tenantId}`}, 0))`;
  const last = await tx.auditEntry.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
  const before = plain(input.before);
  const after = plain(input.after);
  const line = {
    tenantId: ctx.tenantId,
    id: newId('audit'),
    seq: (last?.seq ?? 0) + 1,
    at: new Date(),
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    action: input.action,
    subject: input.subject,
    address: ctx.address ?? null,
    requestId: ctx.requestId,
  };
  const hash = auditHash(last?.hash ?? '', { ...line, before, after });
  await tx.auditEntry.create({
    data: { ...line, before: before ?? Prisma.DbNull, after: after ?? Prisma.DbNull, hash },
  });
}

/** As JSON will store it: no undefined, dates as text. */
function plain(value: unknown): Prisma.InputJsonValue | null {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue | null);
}
