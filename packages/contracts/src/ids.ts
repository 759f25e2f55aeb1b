import { randomBytes } from 'node:crypto';

/** Every id of ours: a three-letter prefix that says what it names, then 26 sortable characters. */
export const ID_PREFIXES = {
  tenant: 'ten',
  user: 'usr',
  session: 'ses',
  catalog: 'cat',
  product: 'prd',
  image: 'img',
  model: 'mdl',
  indexVersion: 'idx',
  testSet: 'tst',
  testQuery: 'tqy',
  evaluation: 'evl',
  key: 'key',
  job: 'job',
  request: 'req',
  searchEvent: 'evt',
  reject: 'rej',
  audit: 'aud',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base32: no i, l, o, u

function encode(value: bigint, length: number): string {
  let rest = value;
  let out = '';
  for (let i = 0; i < length; i++) {
    out = ALPHABET[Number(rest & 31n)] + out;
    rest >>= 5n;
  }
  return out;
}

/**
 * A new id such as `prd_01k9…` (ULID layout: 48 bits of milliseconds, 80 random bits), so ids of one kind
 * sort by the time they were made. Unguessable enough to be shown, never a secret.
 */
export function newId(kind: IdKind, nowMs: number = Date.now()): string {
  const random = BigInt(`0x${randomBytes(10).toString('hex')}`);
  return `${ID_PREFIXES[kind]}_${encode(BigInt(nowMs), 10)}${encode(random, 16)}`;
}

/** True when `id` has the form of an id of this kind (it may still name nothing). */
export function isId(kind: IdKind, id: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-hjkmnp-tv-z]{26}$`).test(id);
}
