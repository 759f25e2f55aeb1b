import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { provisionRoles } from '@likeness/db/provision';
import { superviseEmbeddedPostgres } from '@likeness/db/supervised-postgres';
import pg from 'pg';
import type { Secrets } from './data-folder.ts';
import { LaunchError } from './launch-error.ts';
import type { Settings } from './settings.ts';

export type StartedDatabase = { appUrl: string; systemUrl: string; stop(): Promise<void> };

const DATABASE = 'likeness';

/** The embedded server, or the one that the environment names; roles made, migrations at their head. */
export async function startDatabase(
  settings: Settings,
  secrets: Secrets,
  port: number,
): Promise<StartedDatabase> {
  if (settings.databaseUrl) return useOutsideDatabase(settings);
  const server = await superviseEmbeddedPostgres(
    {
      dataDir: path.join(settings.data, 'postgres'),
      port,
      logFile: path.join(settings.data, 'logs/postgres.log'),
    },
    (line) => process.stderr.write(`${line}\n`),
  );
  const urls = await provisionRoles({
    adminUrl: server.adminUrl,
    database: DATABASE,
    passwords: {
      owner: secrets.postgresPassword,
      app: secrets.postgresPassword,
      system: secrets.postgresPassword,
    },
  });
  await migrate(settings.root, urls.ownerUrl);
  return { appUrl: urls.appUrl, systemUrl: urls.systemUrl, stop: () => server.stop() };
}

async function useOutsideDatabase(settings: Settings): Promise<StartedDatabase> {
  const { DATABASE_URL: appUrl, DATABASE_SYSTEM_URL: systemUrl } = process.env;
  if (!appUrl || !systemUrl) {
    throw new LaunchError(
      'DATABASE_OWNER_URL is set: DATABASE_URL and DATABASE_SYSTEM_URL are needed beside it.',
    );
  }
  await migrate(settings.root, settings.databaseUrl as string);
  return { appUrl, systemUrl, stop: async () => {} };
}

async function migrate(root: string, ownerUrl: string): Promise<void> {
  if (await atHead(root, ownerUrl)) return;
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  const args = [prisma, 'migrate', 'deploy', '--config', path.join(root, 'prisma/prisma.config.ts')];
  const env = { ...process.env, DATABASE_OWNER_URL: ownerUrl };
  const done = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0)
    throw new LaunchError(`The database could not be migrated:\n${done.stdout}${done.stderr}`);
}

/** Saves the seconds that Prisma's command takes when there is nothing to do. */
async function atHead(root: string, ownerUrl: string): Promise<boolean> {
  const folder = path.join(root, 'prisma/migrations');
  const wanted = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'migration.sql')));
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const applied = new Set(rows.map((row) => row.migration_name));
    return wanted.every((name) => applied.has(name));
  } catch {
    return false; // no migration table yet
  } finally {
    await client.end();
  }
}
