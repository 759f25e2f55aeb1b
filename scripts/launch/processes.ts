import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Secrets } from './data-folder.ts';
import type { StartedDatabase } from './database.ts';
import type { ServiceSpec } from './services.ts';
import type { Settings } from './settings.ts';

export type Ports = { postgres: number; inference: number; engine: number; media: number };

/** The four processes of one copy, in the order in which they start. */
export function describeProcesses(
  settings: Settings,
  secrets: Secrets,
  wiring: { ports: Ports; database: StartedDatabase; publicUrl: string },
): ServiceSpec[] {
  const { root, data } = settings;
  const inferenceUrl = process.env.INFERENCE_URL ?? `http://127.0.0.1:${wiring.ports.inference}`;
  const engineUrl = `http://127.0.0.1:${wiring.ports.engine}`;
  const tmp = path.join(data, 'tmp');
  mkdirSync(tmp, { recursive: true });
  const base = {
    ...process.env,
    NODE_ENV: 'production',
    LIKENESS_DATA: data,
    HOST: '127.0.0.1',
    TMPDIR: tmp,
    UV_THREADPOOL_SIZE: '8',
  };
  const shared = {
    ...base,
    DATABASE_URL: wiring.database.appUrl,
    DATABASE_SYSTEM_URL: wiring.database.systemUrl,
    INFERENCE_URL: inferenceUrl,
    ENGINE_URL: engineUrl,
    KEY_PEPPER: secrets.keyPepper,
    AUTH_SECRET: secrets.authSecret,
    NEXTAUTH_SECRET: secrets.authSecret,
    NEXTAUTH_URL: wiring.publicUrl,
    OPERATOR_TOKEN: secrets.operatorToken,
    PUBLIC_URL: wiring.publicUrl,
    ...mediaSettings(settings, wiring.ports.media),
  };
  const app = (name: string): string => path.join(root, 'apps', name);
  const inference: ServiceSpec = {
    name: 'inference',
    args: [path.join(app('inference'), 'src/main.ts')],
    cwd: app('inference'),
    env: { ...base, PORT: String(wiring.ports.inference) },
    ready: `http://127.0.0.1:${wiring.ports.inference}/readyz`,
  };
  const engine: ServiceSpec = {
    name: 'engine',
    args: [path.join(app('engine'), 'src/main.ts')],
    cwd: app('engine'),
    env: { ...base, PORT: String(wiring.ports.engine), ENGINE_DATA: path.join(data, 'engine') },
    ready: `http://127.0.0.1:${wiring.ports.engine}/readyz`,
  };
  const worker: ServiceSpec = {
    name: 'worker',
    args: [path.join(app('worker'), 'src/main.ts')],
    cwd: app('worker'),
    // An outside database may have workers of other machines; the embedded one has this worker alone.
    env: { ...shared, WORKER_IS_ONLY_ONE: settings.databaseUrl ? '0' : '1' },
    ready: null,
  };
  const web: ServiceSpec = {
    name: 'web',
    args: [path.join(app('web'), 'src/main.ts')],
    cwd: app('web'),
    env: { ...shared, HOST: settings.host, PORT: String(settings.port) },
    ready: `${wiring.publicUrl}/readyz`,
  };
  return [...(process.env.INFERENCE_URL ? [] : [inference]), engine, worker, web];
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
