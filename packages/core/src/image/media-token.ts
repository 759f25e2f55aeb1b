import { createHmac, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 24 * 3600 * 1000;

export type MediaTarget = { tenantId: string; key: string };
type Signer = { secrets: { keyPepper: string }; clock: { now(): number } };

/**
 * A link to one re-encoded picture, without a session: `base64url(tenant · key · expiry).hmac`. It lives one to two
 * days; the expiry is rounded, so that browsers may cache what is shown again.
 */
export function signMedia(signer: Signer, target: MediaTarget): string {
  const expires = (Math.floor(signer.clock.now() / LIFE_MS) + 2) * LIFE_MS;
  const body = Buffer.from(JSON.stringify([target.tenantId, target.key, expires])).toString('base64url');
  return `${body}.${mac(signer, body)}`;
}

/** What a token names; null when it was altered or has expired. */
export function readMedia(signer: Signer, token: string): MediaTarget | null {
  const [body = '', given = ''] = token.split('.');
  const expected = mac(signer, body);
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
    return null;
  const [tenantId, key, expires] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
    string,
    string,
    number,
  ];
  return expires > signer.clock.now() ? { tenantId, key } : null;
}

/** Path under which the web app serves a picture. */
export function mediaPath(signer: Signer, target: MediaTarget): string {
  return `/media/${signMedia(signer, target)}`;
}

function mac(signer: Signer, body: string): string {
  return createHmac('sha256', `media ${signer.secrets.keyPepper}`).update(body).digest('base64url');
}
