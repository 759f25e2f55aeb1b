import type { ErrorCode } from '@likeness/contracts/errors';
import type { Scope } from '@likeness/contracts/scopes';
import type { Ctx, SystemCtx } from '@likeness/core/context';
import type { z } from 'zod';
import type { Upload } from './steps/read-multipart.ts';

export type RateClass = 'search' | 'write' | 'read';
/** Whose rows a route touches. `operator` routes make tenants; `public` ones touch nobody's. */
export type TenancyClass = 'tenant' | 'operator' | 'public';

export type RouteCall<P, Q, B> = {
  ctx: Ctx;
  params: P;
  query: Q;
  body: B;
  /** Parts of a multipart body that were streamed to the object store. */
  uploads: Map<string, Upload>;
  /** Id of the key that called, for the ledger. */
  keyId: string | null;
};

/** A route as data: everything that the server, the OpenAPI document and the generated tests need to know. */
export type RouteDefinition<P = unknown, Q = unknown, B = unknown> = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Such as `/v1/products/{id}`. */
  path: string;
  summary: string;
  scope: Scope | null;
  rate: RateClass;
  meter: 'search' | 'detect' | null;
  tenancy: TenancyClass;
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** JSON and multipart, or multipart whose named parts are streamed to the object store. */
  accepts?: { multipart: boolean; files?: readonly string[]; bytesMax: number };
  answer: { status: number; schema: z.ZodType | null; type?: string };
  /** Codes that this route may answer beside those that every route may. */
  errors: readonly ErrorCode[];
  handle(call: RouteCall<P, Q, B>): Promise<unknown>;
};

export type SystemRouteDefinition<B = unknown> = Omit<
  RouteDefinition<unknown, unknown, B>,
  'handle' | 'tenancy'
> & {
  tenancy: 'operator';
  handle(call: { ctx: SystemCtx; body: B }): Promise<unknown>;
};

/** Keeps the types of one definition together; the registry forgets them. */
export function defineRoute<P, Q, B>(definition: RouteDefinition<P, Q, B>): RouteDefinition {
  return definition as unknown as RouteDefinition;
}
