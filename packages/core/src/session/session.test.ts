import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@likeness/contracts/ids';
import { PERMISSIONS } from '@likeness/contracts/permissions';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SystemCtx } from '../context.ts';
import { createTenant } from '../tenant/create-tenant.ts';
import { changePassword } from '../user/change-password.ts';
import { createUser } from '../user/create-user.ts';
import { createSession, revokeOtherSessions, revokeSession, verifySession } from './session-store.ts';
import { signIn } from './sign-in.ts';

const HOUR_MS = 3_600_000;
const PASSWORD = 'a password of tests';

describe('sessions (property 6) (property 7, short)', () => {
  let database: TestDatabase;
  let now = Date.UTC(2026, 10, 1);
  const clock = { now: () => now };
  let deps: { db: TestDatabase['db']; clock: typeof clock };
  let tenantId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    deps = { db: database.db, clock };
    ({ tenantId } = await createTenant(operator(), { name: 'sessions' }));
  });
  afterAll(() => database?.close());

  function operator(): SystemCtx {
    const actor = { type: 'operator' as const, id: 'tests', permissions: new Set(PERMISSIONS) };
    return { actor, requestId: newId('request'), deps: deps as unknown as SystemCtx['deps'] };
  }
  async function person(): Promise<{ userId: string; email: string }> {
    const email = `${newId('user')}@example.com`;
    const { userId } = await createUser(operator(), {
      email,
      name: 'Mei',
      password: PASSWORD,
      tenantId,
      role: 'owner',
    });
    return { userId, email };
  }

  it('end after 12 h without a call, and after 30 days whatever happens', async () => {
    const { userId } = await person();
    const { sessionId } = await createSession(deps, { userId });
    now += 11 * HOUR_MS;
    expect((await verifySession(deps, sessionId))?.userId).toBe(userId);
    now += 11 * HOUR_MS;
    expect((await verifySession(deps, sessionId))?.userId).toBe(userId);
    now += 13 * HOUR_MS;
    expect(await verifySession(deps, sessionId)).toBeNull();

    const busy = await createSession(deps, { userId });
    const began = now;
    while (now < began + 30 * 24 * HOUR_MS - 10 * HOUR_MS) {
      now += 10 * HOUR_MS;
      expect(await verifySession(deps, busy.sessionId)).not.toBeNull();
    }
    now += 11 * HOUR_MS;
    expect(await verifySession(deps, busy.sessionId)).toBeNull();
  });

  it('end at once where they are revoked, and within 10 s in another process that hears nothing', async () => {
    const { userId } = await person();
    const { sessionId } = await createSession(deps, { userId });
    vi.resetModules();
    const other = await import('./session-store.ts');
    expect(other.verifySession).not.toBe(verifySession);
    expect(await verifySession(deps, sessionId)).not.toBeNull();
    expect(await other.verifySession(deps, sessionId)).not.toBeNull();
    await revokeSession(deps, sessionId);
    expect(await verifySession(deps, sessionId)).toBeNull();
    await sleep(5200);
    expect(await other.verifySession(deps, sessionId)).toBeNull();
  }, 20_000);

  it('of others end with a new password and with "sign out others"; the own one stays', async () => {
    const { userId, email } = await person();
    const own = await signIn(deps, { email, password: PASSWORD, address: '10.0.0.1' });
    const second = await signIn(deps, { email, password: PASSWORD, address: '10.0.0.2' });
    expect(second.sessionId).not.toBe(own.sessionId);
    await changePassword(deps, {
      userId,
      sessionId: own.sessionId,
      current: PASSWORD,
      next: 'another password',
    });
    expect(await verifySession(deps, second.sessionId)).toBeNull();
    expect(await verifySession(deps, own.sessionId)).not.toBeNull();
    await expect(signIn(deps, { email, password: PASSWORD, address: '10.0.0.1' })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    const third = await signIn(deps, { email, password: 'another password', address: '10.0.0.3' });
    await revokeOtherSessions(deps, { userId, keepSessionId: third.sessionId });
    expect(await verifySession(deps, own.sessionId)).toBeNull();
    expect(await verifySession(deps, third.sessionId)).not.toBeNull();
  });

  it('cannot be guessed into: 20 guesses an hour from any addresses, and the owner still gets in from a known one', async () => {
    const { email } = await person();
    await signIn(deps, { email, password: PASSWORD, address: '192.0.2.1' });
    const codes: string[] = [];
    for (let i = 0; i < 25; i++)
      await signIn(deps, { email, password: `guess ${i}`, address: `198.51.100.${i}` }).catch((error) =>
        codes.push(error.code),
      );
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(20);
    expect(codes.slice(20)).toEqual(Array(5).fill('rate_limited'));
    const right = await signIn(deps, { email, password: PASSWORD, address: '192.0.2.1' });
    expect(right.email).toBe(email);
    now += HOUR_MS + 1;
    expect((await signIn(deps, { email, password: PASSWORD, address: '198.51.100.9' })).email).toBe(email);
  });

  it('say the same to an unknown person as to a wrong password', async () => {
    const { email } = await person();
    const say = (of: string) =>
      signIn(deps, { email: of, password: 'wrong', address: '203.0.113.5' }).catch((error) => ({
        code: error.code,
        message: error.message,
      }));
    expect(await say(email)).toEqual(await say('nobody@example.com'));
  });
});
