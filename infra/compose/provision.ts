import { provisionRoles } from '@likeness/db/provision';

// Database and roles on a Postgres of your own; the three roles share one password here.
const adminUrl = process.env.POSTGRES_ADMIN_URL;
const password = process.env.LIKENESS_DB_PASSWORD;
if (!adminUrl || !password) throw new Error('POSTGRES_ADMIN_URL and LIKENESS_DB_PASSWORD are needed.');
await provisionRoles({
  adminUrl,
  database: process.env.LIKENESS_DB ?? 'likeness',
  passwords: { owner: password, app: password, system: password },
});
process.stdout.write('database and roles are there\n');
