import path from 'node:path';
import { parseSignInProviders } from '@likeness/contracts/sign-in-providers';
import { LaunchError } from './launch-error.ts';

export type Settings = {
  root: string;
  data: string;
  port: number;
  host: string;
  seed: 'sample' | 'none';
  once: boolean;
  /** A port for pictures that somebody chose; null: a free one. */
  mediaPort: number | null;
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
  const seed = env.LIKENESS_SEED ?? 'sample';
  if (seed !== 'sample' && seed !== 'none')
    throw new LaunchError(`LIKENESS_SEED=${seed} is neither sample nor none.`);
  assertReadable(env);
  return {
    root,
    data: path.resolve(root, env.LIKENESS_DATA ?? '.likeness'),
    port: toPort(env, 'PORT') ?? 3000,
    mediaPort: toPort(env, 'MEDIA_PORT'),
    host: env.HOST ?? '127.0.0.1',
    seed,
    once: argv.includes('--once'),
    databaseUrl: env.DATABASE_OWNER_URL ?? null,
  };
}

function toPort(env: NodeJS.ProcessEnv, name: 'PORT' | 'MEDIA_PORT'): number | null {
  if (env[name] === undefined) return null;
  const port = Number(env[name]);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new LaunchError(`${name}=${env[name]} is not a port number.`);
  return port;
}

/** What another process would stumble over later, and say only in its log. */
function assertReadable(env: NodeJS.ProcessEnv): void {
  for (const name of ['PUBLIC_URL', 'MEDIA_URL', 'INFERENCE_URL'] as const) {
    const value = env[name];
    if (value !== undefined && !(URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)))
      throw new LaunchError(`${name}=${value} is not an address like https://shop.example.`);
  }
  const provider = env.INFERENCE_PROVIDER ?? 'cpu';
  if (provider !== 'cpu' && provider !== 'cuda')
    throw new LaunchError(`INFERENCE_PROVIDER=${provider} is neither cpu nor cuda.`);
  if (!env.DATABASE_OWNER_URL && (env.DATABASE_URL || env.DATABASE_SYSTEM_URL))
    throw new LaunchError(
      'DATABASE_URL or DATABASE_SYSTEM_URL is set: DATABASE_OWNER_URL is needed beside it, or none of the three.',
    );
  try {
    parseSignInProviders(env.AUTH_PROVIDERS ?? '[]');
  } catch {
    throw new LaunchError(
      'AUTH_PROVIDERS is not a JSON list of sign-in providers; docs/decisions/console-doors.md shows one.',
    );
  }
}
