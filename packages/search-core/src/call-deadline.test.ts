import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withDeadline } from './call-deadline.ts';

/** Work that ends only when its signal fires. */
const endless = (signal: AbortSignal): Promise<never> => sleep(10_000, undefined as never, { signal });

describe('a call under a deadline', () => {
  it('gives what the work gives, and its signal never fires afterwards', async () => {
    let seen: AbortSignal | null = null;
    const answer = await withDeadline({ timeoutMs: 20 }, async ({ signal }) => {
      seen = signal;
      return 7;
    });
    await sleep(40);
    expect(answer).toBe(7);
    expect((seen as AbortSignal | null)?.aborted).toBe(false);
  });

  it('fires when the time is over, and says that it was the time', async () => {
    let expired = false;
    const call = withDeadline({ timeoutMs: 20 }, async (deadline) => {
      await endless(deadline.signal).catch((error) => {
        expired = deadline.expired();
        throw error;
      });
    });
    await expect(call).rejects.toThrow();
    expect(expired).toBe(true);
  });

  it('fires with the caller’s signal, also one that fired before, and that was not the time', async () => {
    for (const early of [true, false]) {
      const caller = new AbortController();
      if (early) caller.abort(new Error('gone'));
      const call = withDeadline({ timeoutMs: 5000, signal: caller.signal }, async (deadline) => {
        if (!early) setTimeout(() => caller.abort(new Error('gone')), 10);
        await endless(deadline.signal).catch(() => {});
        return { expired: deadline.expired(), reason: (deadline.signal.reason as Error).message };
      });
      expect(await call).toEqual({ expired: false, reason: 'gone' });
    }
  });
});
