import path from 'node:path';
import { LaunchError } from './launch-error.ts';

export type Settings = {
  root: string;
  data: string;
  port: number;
  host: string;
  seed: 'sample' | 'none';
  once: boolean;
  /** Services outside, when the environment names them. */
  databaseUrl: string | null;
};

/** A host as an address names it: all interfaces are reached by loopback, and IPv6 stands in brackets. */
export function nameInAddress(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

const NAMES = [
  'PORT',
  'HOST',
  'LIKENESS_DATA',
  'LIKENESS_SEED',
  'DATABASE_OWNER_URL',
  'DATABASE_URL',
  'DATABASE_SYSTEM_URL',
  'AUTH_PROVIDERS',
  'PUBLIC_URL',
  'MEDIA_URL',
  'MEDIA_PORT',
  'INFERENCE_URL',
  'INFERENCE_PROVIDER',
] as const;

/** A setting that is there but empty (`HOST=` in an env file) says nothing: the default holds, also for the processes started. */
function dropEmptySettings(env: NodeJS.ProcessEnv): void {
  for (const name of NAMES) if (env[name]?.trim() === '') delete env[name];
}

/** What the environment and the command line ask for (contract §1); empty settings are taken out of `env`. */
export function readSettings(argv: readonly string[], env: NodeJS.ProcessEnv): Settings {
  dropEmptySettings(env);
  const root = path.resolve(import.meta.dirname, '../..');
  const unknown = argv.filter((arg) => arg !== '--once');
  if (unknown.length > 0) throw new LaunchError(`Unknown option ${unknown[0]}. The only one is --once.`);
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new LaunchError(`PORT=${env.PORT} is not a port number.`);
  const seed = env.LIKENESS_SEED ?? 'sample';
  if (seed !== 'sample' && seed !== 'none')
    throw new LaunchError(`LIKENESS_SEED=${seed} is neither sample nor none.`);
  return {
    root,
    data: path.resolve(root, env.LIKENESS_DATA ?? '.likeness'),
    port,
    host: env.HOST ?? '127.0.0.1',
    seed,
    once: argv.includes('--once'),
    databaseUrl: env.DATABASE_OWNER_URL ?? null,
  };
}
