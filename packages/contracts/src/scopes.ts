import { z } from 'zod';

/** What an API key may be allowed to do (contract §5). */
export const SCOPES = [
  'search:run',
  'detect:run',
  'products:read',
  'products:write',
  'events:write',
  'catalogs:read',
  'catalogs:write',
  'models:read',
  'models:write',
  'usage:read',
  'jobs:read',
  'keys:write',
] as const;

export const scopeSchema = z.enum(SCOPES);
export type Scope = (typeof SCOPES)[number];
