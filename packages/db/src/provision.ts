import pg from 'pg';

export type RolePasswords = { owner: string; app: string; system: string };
export type DatabaseUrls = { ownerUrl: string; appUrl: string; systemUrl: string };
export type ProvisionInput = { adminUrl: string; database: string; passwords: RolePasswords };

/** Migrations only; it owns the tables and is bound by their policies. */
export const OWNER_ROLE = 'likeness_owner';
/** Web and worker inside a tenant. */
export const APP_ROLE = 'likeness_app';
/** The few tables that are read across tenants: keys, memberships, jobs, people and their sessions. */
export const SYSTEM_ROLE = 'likeness_system';

const PLAIN = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION NOINHERIT';
const LIMITS = { statement_timeout: '30s', lock_timeout: '5s', idle_in_transaction_session_timeout: '30s' };

/**
 * Makes the three roles and the database, or brings them to this form. Needs a superuser's URL (or a role that may
 * create roles and databases). Harmless to repeat. Returns the URLs of the roles on that database.
 */
export async function provisionRoles({
  adminUrl,
  database,
  passwords,
}: ProvisionInput): Promise<DatabaseUrls> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    await makeRole(client, OWNER_ROLE, passwords.owner);
    await makeRole(client, APP_ROLE, passwords.app);
    await makeRole(client, SYSTEM_ROLE, passwords.system);
    for (const role of [APP_ROLE, SYSTEM_ROLE]) {
      for (const [setting, value] of Object.entries(LIMITS))
        await client.query(`ALTER ROLE ${role} SET ${setting} = '${value}'`);
    }
    await makeDatabase(client, database);
  } finally {
    await client.end();
  }
  const urlOf = (role: string, password: string): string => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = encodeURIComponent(password);
    url.pathname = `/${database}`;
    return url.toString();
  };
  return {
    ownerUrl: urlOf(OWNER_ROLE, passwords.owner),
    appUrl: urlOf(APP_ROLE, passwords.app),
    systemUrl: urlOf(SYSTEM_ROLE, passwords.system),
  };
}

async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount ? 'ALTER' : 'CREATE';
  await client.query(`${verb} ROLE ${role} WITH ${PLAIN} PASSWORD ${pg.escapeLiteral(password)}`);
}

async function makeDatabase(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (!rowCount) await client.query(`CREATE DATABASE ${name} OWNER ${OWNER_ROLE}`);
  await grantConnect(client, database);
}

/** Only our roles may connect; also used for the copies of the template that tests work on. */
export async function grantConnect(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${APP_ROLE}, ${SYSTEM_ROLE}`);
}
