import { existsSync } from 'node:fs';
import path from 'node:path';
import { watchParent } from '../setup/watch-parent.mjs';
import { loadSecrets, saveSecrets, takeDataFolder, writePrivate } from './data-folder.ts';
import { type StartedDatabase, startDatabase } from './database.ts';
import { Growth } from './growth.ts';
import { LaunchError } from './launch-error.ts';
import { runOnce } from './once.ts';
import { assertPortFree, freePorts, keptMediaPort } from './ports.ts';
import { describeApps, describeBackends } from './processes.ts';
import { renderSample } from './render-sample.ts';
import { firstSampleFiles, grownSample, wasGrownBefore } from './sample-files.ts';
import { seedDefaultTenant } from './seed.ts';
import { growSample, seedSample } from './seed-sample.ts';
import { type ServiceSpec, Services } from './services.ts';
import { nameInAddress, readSettings } from './settings.ts';

/** Undone in reverse order when the copy stops. */
const closers: (() => Promise<void> | void)[] = [];
let stopping: Promise<void> | null = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
watchParent(() => void stop(0));

try {
  await launch();
} catch (error) {
  if (!stopping) {
    process.stderr.write(
      error instanceof LaunchError || isFolderError(error)
        ? `${error.message}\n`
        : `${(error as Error).stack}\n`,
    );
    await stop(1);
  }
}

async function launch(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  const folder = await takeDataFolder(settings.data);
  closers.push(() => folder.release());
  await assertPortFree(settings.port, settings.host);
  const secrets = loadSecrets(settings.data);
  // Rendering needs nobody: at a first start it goes on while the services start.
  const isFirst = !existsSync(path.join(settings.data, 'run.json'));
  const sampled = settings.seed === 'sample' && isFirst ? firstSampleFiles(settings.data) : null;
  sampled?.catch(() => {});
  const [postgres = 0, inference = 0, engine = 0, fresh = 0] = await freePorts(4);
  if (settings.mediaPort !== null) await assertPortFree(settings.mediaPort, settings.host, 'MEDIA_PORT');
  const media = settings.mediaPort ?? (await keptMediaPort(settings.data, settings.host, fresh));
  let database: StartedDatabase | null = null;
  closers.push(() => database?.stop());
  const services = new Services(settings.data);
  closers.push(() => services.stop());
  const startAll = (specs: ServiceSpec[]): Promise<unknown> =>
    Promise.all(specs.map((spec) => services.start(spec)));
  const ports = { postgres, inference, engine, media };
  // Neither asks the database: they load their models and vectors while it starts or recovers.
  const backends = startAll(describeBackends(settings, ports));
  backends.catch(() => {}); // awaited below
  database = await startDatabase(settings, secrets, postgres);

  // Where people come in may be a proxy elsewhere; this machine asks the listener itself.
  const localUrl = `http://${nameInAddress(settings.host)}:${settings.port}`;
  const publicUrl = process.env.PUBLIC_URL ?? localUrl;
  const [owner] = await Promise.all([
    seedDefaultTenant(settings, secrets, database),
    startAll(describeApps(settings, secrets, { ports, database, publicUrl, localUrl })),
    backends,
  ]);
  if (owner.apiKey !== secrets.apiKey) saveSecrets(settings.data, { ...secrets, apiKey: owner.apiKey });
  const run = {
    url: localUrl,
    operator_token: secrets.operatorToken,
    default_tenant: owner.tenantId,
    pid: process.pid,
  };
  writePrivate(path.join(settings.data, 'run.json'), run);
  const connection = { url: localUrl, operatorToken: secrets.operatorToken, tenantId: owner.tenantId };
  await sampled;
  const growth = Growth.open(settings.data, owner.tenantId);
  const first = () => firstSampleFiles(settings.data);
  if (settings.seed === 'sample' && !settings.once) await seedSample(connection, growth, { first });
  if (settings.once) {
    process.stdout.write(`${JSON.stringify(await runOnce(settings, connection))}\n`);
    return stop(0);
  }
  const { email, password, apiKey } = owner;
  process.stdout.write(`ready ${JSON.stringify({ url: publicUrl, email, password, api_key: apiKey })}\n`);
  if (settings.seed !== 'sample' || wasGrownBefore(settings.data)) return;
  const { files: grown, ...how } = grownSample(settings.data);
  const started = (pid: number): void => void closers.push(() => endProcess(pid));
  void growSample(connection, growth, {
    first,
    grown,
    render: () => renderSample(settings, { ...how, started }),
  });
}

function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    for (const close of closers.reverse()) {
      try {
        await close();
      } catch (error) {
        process.stderr.write(`${(error as Error).message}\n`);
      }
    }
    process.exit(code);
  })();
  return stopping;
}

/** Ends a helper process that may be gone already. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it had ended
  }
}

/** What the embedded Postgres says of a folder that it must not touch. */
function isFolderError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ClusterFolderError';
}
