import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Verbs that must look across tenants, and why. Whoever adds one says here what it needs. */
const SYSTEM_DOOR: Record<string, string> = {
  'packages/core/src/job/claim-job.ts': 'takes the next job of any tenant',
  'packages/core/src/job/renew-leases.ts': 'holds the leases of a worker, whatever tenants they belong to',
  'packages/core/src/job/reap-leases.ts': 'takes jobs back from workers that died',
  'packages/core/src/job/release-leases.ts':
    'ends the leases of the dead worker before, where a worker is the only one of its database',
  'packages/core/src/job/schedule-purge.ts': 'walks through the tenants, then works inside each',
  'packages/core/src/tenant/find-tenant.ts': 'the operator names a tenant',
  'packages/db/src/testing/factories.ts': 'makes people for tests',
};
/** Areas whose verbs run before a tenant is known. */
const SYSTEM_AREAS = ['user', 'session', 'member', 'key'].map((area) => `packages/core/src/${area}/`);
/** Who may open the database at all: the door itself, composition roots, tests and scripts. */
const OPENERS = [
  /^packages\/db\//,
  /^packages\/core\/src\/adapters\/compose-/,
  /^scripts\//,
  /^prisma\/seed\//,
  /\.test\.ts$/,
  /^tests\//,
  /^bench\//,
];

const files = ['apps', 'packages', 'scripts', 'tests', 'bench'].flatMap((folder) =>
  sources(path.join(root, folder)),
);

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'generated', '.next', 'dist'].includes(entry.name)) return [];
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(at);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path.relative(root, at)] : [];
  });
}

const using = (pattern: RegExp): string[] =>
  files.filter((file) => pattern.test(readFileSync(path.join(root, file), 'utf8')));
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.startsWith('tests/');

describe('doors of the database', () => {
  test('only the verbs named here look across tenants', () => {
    const users = using(/\b(?:db|database)\.system(?:Statement)?[(<]/).filter((file) => !isTest(file));
    expect(
      users.filter((file) => !SYSTEM_DOOR[file] && !SYSTEM_AREAS.some((area) => file.startsWith(area))),
    ).toEqual([]);
    expect(Object.keys(SYSTEM_DOOR).filter((file) => !users.includes(file))).toEqual([]);
  });

  test('nobody but the database package and composition roots opens a connection or makes a Prisma client', () => {
    const users = using(/openDatabase\(|new PrismaClient\(|new pg\.(?:Client|Pool)\(/);
    expect(users.filter((file) => !OPENERS.some((allowed) => allowed.test(file)))).toEqual([]);
  });

  test('nobody sets the tenant but the three doors', () => {
    const users = using(
      /set_config\('app\.tenant_id'|\bset\s+(?:local\s+|session\s+)?app\.tenant_id/i,
    ).filter((file) => !isTest(file));
    expect(users.sort()).toEqual([
      'packages/db/src/database.ts',
      'packages/db/src/one-message.ts',
      'packages/db/src/set-tenant.ts',
    ]);
  });
});
