import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Secrets } from './data-folder.ts';
import type { StartedDatabase } from './database.ts';
import type { ServiceSpec } from './services.ts';
import type { Settings } from './settings.ts';

export type Ports = { postgres: number; inference: number; engine: number; media: number };

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
const folderOf = ({ root }: Settings, app: string): string => path.join(root, 'apps', app);
const mainOf = (settings: Settings, app: string): string[] => [
  path.join(folderOf(settings, app), 'src/main.ts'),
];

/** What every process of a copy is told. */
function baseOf({ data }: Settings): NodeJS.ProcessEnv {
  const tmp = path.join(data, 'tmp');
  mkdirSync(tmp, { recursive: true });
  return {
    ...process.env,
    NODE_ENV: 'production',
    LIKENESS_DATA: data,
    HOST: '127.0.0.1',
    TMPDIR: tmp,
    UV_THREADPOOL_SIZE: '8',
  };
}

/** Inference (where no other is named) and engine: they know no database. */
export function describeBackends(settings: Settings, ports: Ports): ServiceSpec[] {
  const base = baseOf(settings);
  const inference: ServiceSpec = {
    name: 'inference',
    args: mainOf(settings, 'inference'),
    cwd: folderOf(settings, 'inference'),
    env: { ...base, PORT: String(ports.inference) },
    ready: `${urlOf(ports.inference)}/readyz`,
  };
  const engine: ServiceSpec = {
    name: 'engine',
    args: mainOf(settings, 'engine'),
    cwd: folderOf(settings, 'engine'),
    env: { ...base, PORT: String(ports.engine), ENGINE_DATA: path.join(settings.data, 'engine') },
    ready: `${urlOf(ports.engine)}/readyz`,
  };
  return [...(process.env.INFERENCE_URL ? [] : [inference]), engine];
}

/** Worker and web: they stand on all the others. */
export function describeApps(
  settings: Settings,
  secrets: Secrets,
  wiring: { ports: Ports; database: StartedDatabase; publicUrl: string; localUrl: string },
): ServiceSpec[] {
  const shared = {
    ...baseOf(settings),
    DATABASE_URL: wiring.database.appUrl,
    DATABASE_SYSTEM_URL: wiring.database.systemUrl,
    INFERENCE_URL: process.env.INFERENCE_URL ?? urlOf(wiring.ports.inference),
    ENGINE_URL: urlOf(wiring.ports.engine),
    KEY_PEPPER: secrets.keyPepper,
    AUTH_SECRET: secrets.authSecret,
    NEXTAUTH_SECRET: secrets.authSecret,
    NEXTAUTH_URL: wiring.publicUrl,
    OPERATOR_TOKEN: secrets.operatorToken,
    PUBLIC_URL: wiring.publicUrl,
    ...mediaSettings(settings, wiring.ports.media),
  };
  const worker: ServiceSpec = {
    name: 'worker',
    args: mainOf(settings, 'worker'),
    cwd: folderOf(settings, 'worker'),
    // An outside database may have workers of other machines; the embedded one has this worker alone.
    env: { ...shared, WORKER_IS_ONLY_ONE: settings.databaseUrl ? '0' : '1' },
    ready: null,
  };
  const web: ServiceSpec = {
    name: 'web',
    args: mainOf(settings, 'web'),
    cwd: folderOf(settings, 'web'),
    env: { ...shared, HOST: settings.host, PORT: String(settings.port) },
    ready: `${wiring.localUrl}/readyz`,
  };
  return [worker, web];
}

/**
 * Pictures have an origin of their own where nobody says otherwise and everybody is on this machine. Elsewhere only
 * the operator knows a second name that leads here: MEDIA_URL, with MEDIA_PORT for a port of its own.
 */
function mediaSettings({ host }: Settings, port: number): Record<string, string> {
  const local = ['127.0.0.1', 'localhost'].includes(host);
  if (process.env.MEDIA_URL || process.env.PUBLIC_URL || !local) return {};
  return { MEDIA_PORT: String(port), MEDIA_URL: `http://${host}:${port}` };
}
