import { expect, test } from 'vitest';
import { honestStatus } from './sign-in-status.ts';

const answer = (error: string): Response =>
  Response.json({ url: `http://127.0.0.1:3000/sign-in?error=${error}` }, { status: 401 });

test('a sign-in that failed on our side is no 401; a wrong password and too many tries stay one', async () => {
  for (const [error, status] of [
    ['database_unavailable', 503],
    ['overloaded', 503],
    ['internal', 500],
    ['CredentialsSignin', 401],
    ['rate_limited', 401],
  ] as const)
    expect([error, (await honestStatus(answer(error))).status]).toEqual([error, status]);
  expect((await honestStatus(new Response('no JSON', { status: 401 }))).status).toBe(401);
  const away = await honestStatus(answer('database_unavailable'));
  expect(await away.json()).toEqual({ url: expect.stringContaining('database_unavailable') });
});
