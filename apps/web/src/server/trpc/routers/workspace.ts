import { scopeSchema } from '@likeness/contracts/scopes';
import type { TenantSettings } from '@likeness/contracts/tenant-settings';
import { findPlaces } from '@likeness/core/jump/find-places';
import { revokeKey, rotateKey } from '@likeness/core/key/change-key';
import { createKey } from '@likeness/core/key/create-key';
import { updateSettings } from '@likeness/core/tenant/update-settings';
import { z } from 'zod';
import { router, tenantProcedure } from '../procedures.ts';

const weight = z.number().min(0).max(1);
/** What the page of settings changes, a section at a time. */
const sections = z.object({
  boxWeights: z.object({ centre: weight, score: weight, area: weight }).optional(),
  cropSide: z.number().int().min(32).max(4096).optional(),
  cropEnlarge: z.boolean().optional(),
  queryRetentionHours: z.number().min(0).max(2160).optional(),
});
type Sections = z.output<typeof sections>;

const given = (changes: Sections): Partial<TenantSettings> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

export const workspaceRouter = router({
  /** Whoever has a seat may look; each kind of thing only with its own permission. */
  find: tenantProcedure('catalogs:read')
    .input(z.object({ query: z.string().max(100) }))
    .query(({ ctx, input }) => findPlaces(ctx.tenant, input)),
  createKey: tenantProcedure('keys:write')
    .input(
      z.object({
        name: z.string().trim().min(1).max(100),
        scopes: z.union([z.literal('all'), z.array(scopeSchema).min(1)]),
        expiresAt: z.date().optional(),
      }),
    )
    .mutation(({ ctx, input }) => createKey(ctx.tenant, input)),
  revokeKey: tenantProcedure('keys:write')
    .input(z.object({ keyId: z.string().max(64) }))
    .mutation(({ ctx, input }) => revokeKey(ctx.tenant, input)),
  rotateKey: tenantProcedure('keys:write')
    .input(z.object({ keyId: z.string().max(64), graceSeconds: z.number().int().min(0).max(604_800) }))
    .mutation(({ ctx, input }) => rotateKey(ctx.tenant, input)),
  updateSettings: tenantProcedure('tenant:write')
    .input(sections.extend({ basedOn: sections.optional() }))
    .mutation(({ ctx, input: { basedOn, ...changes } }) =>
      updateSettings(ctx.tenant, { ...given(changes), basedOn: basedOn && given(basedOn) }),
    ),
});
