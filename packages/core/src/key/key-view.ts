import type { Scope } from '@likeness/contracts/scopes';
import type { ApiKeyModel } from '@likeness/db/generated/models/ApiKey';

/** A key as people see it; the key itself was shown once and is kept nowhere. */
export type KeyView = {
  id: string;
  name: string;
  prefix: string;
  last4: string;
  scopes: Scope[];
  ratePerSecond: number;
  burst: number;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** The key that took its place when it was rotated. */
  replacedById: string | null;
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
};

export function toKeyView(row: ApiKeyModel): KeyView {
  const {
    id,
    name,
    prefix,
    last4,
    ratePerSecond,
    burst,
    expiresAt,
    revokedAt,
    replacedById,
    createdBy,
    createdAt,
    lastUsedAt,
  } = row;
  return {
    id,
    name,
    prefix,
    last4,
    scopes: row.scopes as Scope[],
    ratePerSecond,
    burst,
    expiresAt,
    revokedAt,
    replacedById,
    createdBy,
    createdAt,
    lastUsedAt,
  };
}
