import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '../server/trpc/app-router.ts';

/** The console's calls for one tenant; the server takes the membership from the session, not from the slug. */
export function trpcFor(slug: string) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: '/api/trpc',
        transformer: superjson,
        maxItems: 20,
        headers: { 'x-likeness-tenant': encodeURIComponent(slug) },
      }),
    ],
  });
}

export type Fault = { code: string; message: string };

/** What a failed call says of itself: its code of the error table and the server's own sentence. */
export const faultOf = (error: unknown): Fault => ({
  code: codeOf(error),
  message: typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '',
});

/** Code of the error table that a failed call carries; `generic` where it carries none. */
export function codeOf(error: unknown): string {
  if (error instanceof TRPCClientError) return (error.data as { app?: string } | null)?.app ?? 'generic';
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return 'generic';
}
