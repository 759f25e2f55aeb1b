import { createHash } from 'node:crypto';

/** What a line of the audit log says; its hash covers all of it and the hash of the line before. */
export type AuditLine = {
  tenantId: string;
  id: string;
  seq: number;
  at: Date;
  actorType: string;
  actorId: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  address: string | null;
  requestId: string | null;
};

/** SHA-256 (hex) over the previous hash and the line as JSON with sorted keys, so that storage may reorder them. */
export function auditHash(previousHash: string, line: AuditLine): string {
  const { tenantId, id, seq, actorType, actorId, action, subject, before, after, address, requestId } = line;
  const fields = [
    tenantId,
    id,
    seq,
    line.at.toISOString(),
    actorType,
    actorId,
    action,
    subject,
    before ?? null,
    after ?? null,
  ];
  const text = JSON.stringify(sorted([...fields, address, requestId]));
  return createHash('sha256').update(`${previousHash}\n${text}`).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
