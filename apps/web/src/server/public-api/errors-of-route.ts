import type { RouteDefinition } from './define-route.ts';

/** Codes that any route may answer, beside its own. */
export function errorsOf(route: RouteDefinition): string[] {
  const everywhere = ['internal', 'database_unavailable', 'method_not_allowed'];
  const keyed = [
    'unauthenticated',
    'invalid_key',
    'key_expired',
    'key_revoked',
    'insufficient_scope',
    'forbidden',
    'rate_limited',
    'not_found',
  ];
  const bodied = route.body ? ['invalid_request', 'payload_too_large', 'storage_full'] : [];
  const asked = route.params || route.query ? ['invalid_request'] : [];
  return [...new Set([...everywhere, ...keyed, ...bodied, ...asked, ...route.errors])];
}
