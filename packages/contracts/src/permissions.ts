import { SCOPES, type Scope } from './scopes.ts';

/**
 * What an actor may do. Guards ask for a permission, never for a role's name, so that roles can be added.
 * API keys carry scopes, which are permissions too; the rest belongs to signed-in people.
 */
export const PERMISSIONS = [
  ...SCOPES,
  'keys:read',
  'members:read',
  'members:write',
  'tenant:write',
  'audit:read',
  'testsets:read',
  'testsets:write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['owner', 'member'] as const;
export type Role = (typeof ROLES)[number];

const MEMBER: Permission[] = [
  'search:run',
  'detect:run',
  'products:read',
  'products:write',
  'events:write',
  'catalogs:read',
  'catalogs:write',
  'models:read',
  'usage:read',
  'jobs:read',
  'keys:read',
  'members:read',
  'testsets:read',
  'testsets:write',
];

export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = { owner: PERMISSIONS, member: MEMBER };

/** Permissions of a key: exactly its scopes (plus reading test sets where it may read catalogs). */
export function permissionsOfScopes(scopes: readonly Scope[]): Permission[] {
  const permissions: Permission[] = [...scopes];
  if (scopes.includes('catalogs:read')) permissions.push('testsets:read');
  if (scopes.includes('catalogs:write')) permissions.push('testsets:write');
  return permissions;
}
