import { z } from 'zod';

/** Settings of a tenant; every field has the default that the product ships with. */
export const tenantSettingsSchema = z.object({
  /** Weights of the box choice: total = centre·w1 + score·w2 + area·w3 (mission §2). */
  boxWeights: z
    .object({
      centre: z.number().min(0).max(1),
      score: z.number().min(0).max(1),
      area: z.number().min(0).max(1),
    })
    .default({ centre: 0.3, score: 0.5, area: 0.2 }),
  /** Longer side of a crop in pixels before the encoder's own resize. */
  cropSide: z.number().int().min(32).max(4096).default(400),
  /** Whether crops smaller than `cropSide` are enlarged to it. */
  cropEnlarge: z.boolean().default(false),
  /** Hours that a query photo is kept; 0 = never stored. */
  queryRetentionHours: z
    .number()
    .min(0)
    .max(24 * 90)
    .default(24),
});
export type TenantSettings = z.infer<typeof tenantSettingsSchema>;

/** The settings of a tenant from what is stored, missing fields filled with defaults. */
export function parseTenantSettings(stored: unknown): TenantSettings {
  return tenantSettingsSchema.parse(stored ?? {});
}
