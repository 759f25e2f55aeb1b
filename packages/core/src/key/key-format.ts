import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 43; // 62^43 > 2^256
const CHECK_LENGTH = 6;
export const KEY_PREFIX = 'lks_';

/** `lks_` + 43 random base62 characters (256 bits) + CRC-32 in 6 base62 characters, so that typos are seen offline. */
export function makeKey(): string {
  const secret = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH);
  return `${KEY_PREFIX}${secret}${checksum(secret)}`;
}

/** True when prefix, length and checksum fit; costs no query. */
export function isWellFormedKey(key: string): boolean {
  const body = key.slice(KEY_PREFIX.length);
  if (
    !key.startsWith(KEY_PREFIX) ||
    body.length !== SECRET_LENGTH + CHECK_LENGTH ||
    !/^[0-9A-Za-z]+$/.test(body)
  )
    return false;
  return checksum(body.slice(0, SECRET_LENGTH)) === body.slice(SECRET_LENGTH);
}

/** What is stored of a key: a keyed hash; without the pepper it says nothing. */
export function hashKey(key: string, pepper: string): string {
  return createHmac('sha256', `key ${pepper}`).update(key).digest('hex');
}

const checksum = (secret: string): string => base62(BigInt(crc32(KEY_PREFIX + secret)), CHECK_LENGTH);

function base62(value: bigint, length: number): string {
  let rest = value;
  let out = '';
  for (let i = 0; i < length; i++) {
    out = ALPHABET[Number(rest % 62n)] + out;
    rest /= 62n;
  }
  return out;
}
