import type { Prisma } from './generated/client.ts';

/**
 * Every model, by how it is guarded. A model that is missing here fails to compile and fails a test, so that none
 * is made without thinking about whose rows it holds.
 */
export const MODEL_TENANCY = {
  Tenant: 'tenant',
  Membership: 'tenant',
  AuditEntry: 'tenant',
  Catalog: 'tenant',
  Product: 'tenant',
  Image: 'tenant',
  ImportReject: 'tenant',
  ModelVersion: 'tenant',
  Embedding: 'tenant',
  IndexVersion: 'tenant',
  TestSet: 'tenant',
  TestQuery: 'tenant',
  Evaluation: 'tenant',
  EvaluationAnswer: 'tenant',
  Job: 'tenant',
  ApiKey: 'tenant',
  UsageEvent: 'tenant',
  Impression: 'tenant',
  SearchEvent: 'tenant',
  QueryImage: 'tenant',
  /** People and how they sign in: rows belong to no tenant. */
  User: 'global',
  UserAccount: 'global',
  Session: 'global',
  SignInAttempt: 'global',
} as const satisfies Record<Prisma.ModelName, 'tenant' | 'global'>;

export type TenantModel = {
  [M in keyof typeof MODEL_TENANCY]: (typeof MODEL_TENANCY)[M] extends 'tenant' ? M : never;
}[keyof typeof MODEL_TENANCY];

export const TENANT_MODELS = (Object.keys(MODEL_TENANCY) as Prisma.ModelName[]).filter(
  (model): model is TenantModel => MODEL_TENANCY[model] === 'tenant',
);

/** Tables that role likeness_system reads or writes across tenants; everything else is closed to it. */
export const SYSTEM_TABLES = [
  'tenants',
  'memberships',
  'api_keys',
  'jobs',
  'users',
  'user_accounts',
  'sessions',
  'sign_in_attempts',
] as const;

/** Tables whose lines the app adds and reads, but never changes or removes. */
export const APPEND_ONLY_TABLES = ['audit_entries', 'usage_events'] as const;
