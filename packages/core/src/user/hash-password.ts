import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(argon2);
/** OWASP's second choice for argon2id: 19 MiB, 2 passes, 1 lane. */
const COST = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const;
const AT_ONCE = 4;

let running = 0;
const waiting: (() => void)[] = [];

/** At most four hashes at once: guessing must not become a way to take all memory. */
async function hash(password: string, nonce: Buffer): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await run('argon2id', { ...COST, message: Buffer.from(password.normalize('NFKC')), nonce });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** `argon2id$memory$passes$nonce$tag`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await hash(password, nonce);
  return ['argon2id', COST.memory, COST.passes, nonce.toString('base64url'), tag.toString('base64url')].join(
    '$',
  );
}

/** A hash of nothing known: an unknown e-mail costs as much time as a wrong password. */
const DUMMY = `argon2id$${COST.memory}$${COST.passes}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Compares in constant time; `stored` null (unknown user) takes as long and is false. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, , , nonce = '', tag = ''] = (stored ?? DUMMY).split('$');
  const given = await hash(password, Buffer.from(nonce, 'base64url'));
  const wanted = Buffer.from(tag, 'base64url');
  const same = given.length === wanted.length && timingSafeEqual(given, wanted);
  return same && stored !== null;
}
