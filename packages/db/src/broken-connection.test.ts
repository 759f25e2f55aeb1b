import { createServer, type Server } from 'node:net';
import { newId } from '@likeness/contracts/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const AUTHENTICATED = message('R', Buffer.from([0, 0, 0, 0]));
const READY = message('Z', Buffer.from('I'));
const TERMINATED = message(
  'E',
  Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
);

let server: Server;
let db: Database;
beforeAll(async () => {
  // A server whose administrator ends each connection in the moment in which it is ready.
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATED, READY, TERMINATED])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const url = `postgresql://somebody@127.0.0.1:${port}/nothing`;
  db = openDatabase({ appUrl: url, systemUrl: url, poolMax: 2 });
});
afterAll(async () => {
  await db.close();
  server.close();
});

test('a connection ended in the moment it is handed out is a typed error, never the end of the process', async () => {
  const tenantId = newId('tenant');
  const doors = [
    () => db.ping(),
    () => db.tenant(tenantId, (tx) => tx.tenant.count()),
    () => db.system((tx) => tx.tenant.count()),
    () => db.tenantSql(tenantId, (sql) => sql.query('SELECT 1')),
    () => db.tenantStatement(tenantId, { name: 'nothing', text: 'SELECT 1', values: [] }),
  ];
  for (const door of doors) await expect(door()).rejects.toMatchObject({ code: 'database_unavailable' });
});
