import { z } from 'zod';

const providerSchema = z.union([
  z.object({ id: z.literal('github'), clientId: z.string().min(1), clientSecret: z.string().min(1) }),
  z.object({
    /** Part of the callback's address: `/api/auth/callback/<id>`. */
    id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    name: z.string().min(1).max(40),
    issuer: z.url({ protocol: /^https?$/ }),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
  }),
]);
export type SignInProvider = z.infer<typeof providerSchema>;

/**
 * `AUTH_PROVIDERS`: a JSON list of `{id,name,issuer,clientId,clientSecret}` (any OpenID Connect provider by its issuer)
 * and `{id:"github",clientId,clientSecret}`. Throws when it is not that.
 */
export function parseSignInProviders(text: string): SignInProvider[] {
  return z.array(providerSchema).max(8).parse(JSON.parse(text));
}
