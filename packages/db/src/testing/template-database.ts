import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type DatabaseUrls, provisionRoles } from '../provision.ts';

export const TEMPLATE = 'likeness_template';
/** Of servers that live for one test run on 127.0.0.1. */
export const TEST_PASSWORDS = { owner: 'test-owner', app: 'test-app', system: 'test-system' };

/** The migrated database that every test database is a copy of. */
export async function makeTemplateDatabase(adminUrl: string): Promise<DatabaseUrls> {
  const urls = await provisionRoles({ adminUrl, database: TEMPLATE, passwords: TEST_PASSWORDS });
  const client = new pg.Client({ connectionString: urls.ownerUrl });
  await client.connect();
  try {
    for (const sql of migrations()) await client.query(sql);
  } finally {
    await client.end();
  }
  return urls;
}

/** The SQL of every migration in order, as `prisma migrate deploy` applies it (each file in one transaction). */
function migrations(): string[] {
  const folder = path.resolve(import.meta.dirname, '../../../../prisma/migrations');
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map((entry) => entry.name)
    .sort()
    .map((name) => readFileSync(path.join(folder, name, 'migration.sql'), 'utf8'));
}
