import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { LaunchError } from './launch-error.ts';

/** Fails with one clear line when a port that `setting` chooses is taken or not ours to open. */
export async function assertPortFree(
  port: number,
  host: string,
  setting: 'PORT' | 'MEDIA_PORT' = 'PORT',
): Promise<void> {
  const code = await tryListen(port, host);
  if (code === 'EADDRINUSE')
    throw new LaunchError(`Port ${port} on ${host} is in use. Choose another with ${setting}=….`);
  if (code === 'EACCES')
    throw new LaunchError(`Port ${port} needs more rights. Choose one above 1023 with ${setting}=….`);
  if (code) throw new LaunchError(`Cannot listen on ${host}:${port} (${code}). Check HOST and ${setting}.`);
}

/**
 * The port of pictures, the same at each start while it is free: links to pictures stand in answers that callers keep,
 * and live up to two days.
 */
export async function keptMediaPort(data: string, host: string, otherwise: number): Promise<number> {
  const file = path.join(data, 'media-port');
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (Number.isInteger(kept) && kept > 1023 && kept < 65_536 && (await tryListen(kept, host)) === null)
    return kept;
  writeFileSync(file, String(otherwise));
  return otherwise;
}

/** Distinct ports that are free now on the loopback interface. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening()));
  return Promise.all(
    servers.map(async ({ server, port }) => {
      await new Promise((resolve) => server.close(resolve));
      return port;
    }),
  );
}

async function listening(): Promise<{ server: ReturnType<typeof createServer>; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('a listening server has an address');
  return { server, port: address.port };
}

function tryListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
