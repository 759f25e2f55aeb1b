import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../database.ts';
import { type DatabaseUrls, grantConnect } from '../provision.ts';
import { TEMPLATE, TEST_PASSWORDS } from './template-database.ts';

export type TestDatabase = DatabaseUrls & {
  db: Database;
  /** Superuser on this database, for what a test must see or break from outside. */
  adminUrl: string;
  close(): Promise<void>;
};

/**
 * A database of its own, migrated and empty, with the roles and policies of production. Make one per test file in
 * `beforeAll` and close it in `afterAll`. The server comes from tests/support/postgres-global-setup.ts.
 */
export async function createTestDatabase(options: { poolMax?: number } = {}): Promise<TestDatabase> {
  const adminUrl = process.env.TEST_PG_ADMIN_URL;
  if (!adminUrl)
    throw new Error('TEST_PG_ADMIN_URL is not set: run the test with vitest from the repository root');
  const database = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`CREATE DATABASE ${database} TEMPLATE ${TEMPLATE} OWNER likeness_owner`);
    await grantConnect(admin, database);
  });
  const urls = urlsOf(adminUrl, database);
  const db = openDatabase({ ...urls, poolMax: options.poolMax ?? 4 });
  const close = async (): Promise<void> => {
    await db.close();
    await asAdmin(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
  };
  return { ...urls, db, close };
}

function urlsOf(adminUrl: string, database: string): DatabaseUrls & { adminUrl: string } {
  const urlOf = (user: string, password: string): string => {
    const url = new URL(adminUrl);
    url.pathname = `/${database}`;
    if (user) url.username = user;
    if (password) url.password = password;
    return url.toString();
  };
  return {
    adminUrl: urlOf('', ''),
    ownerUrl: urlOf('likeness_owner', TEST_PASSWORDS.owner),
    appUrl: urlOf('likeness_app', TEST_PASSWORDS.app),
    systemUrl: urlOf('likeness_system', TEST_PASSWORDS.system),
  };
}

async function asAdmin<T>(url: string, fn: (admin: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}
