// A process that starts Postgres as the launcher does and then waits to be killed; used by embedded-postgres.test.ts.
import { startEmbeddedPostgres } from '../embedded-postgres.ts';

const [dataDir = '', port = '', logFile = ''] = process.argv.slice(2);
await startEmbeddedPostgres({ dataDir, port: Number(port), logFile });
process.stdout.write('started\n');
setInterval(() => {}, 1000);
