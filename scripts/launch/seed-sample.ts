import type { Growth } from './growth.ts';
import { jobResult, type Rest, RestError } from './rest.ts';
import type { SampleFiles } from './sample-files.ts';
import {
  findSample,
  promoteSample,
  sampleVersions,
  startBuild,
  startEvaluation,
  startImport,
} from './sample-shop.ts';

type Files = { first(): Promise<SampleFiles>; grown: SampleFiles; render(): Promise<void> };
type Built = { index_version: string };
const NAMES_TRIED = 20;

/** Before the product is ready: the first products with one picture each, imported, built and live. Only once: who deleted the sample does not want it back. */
export async function seedSample(rest: Rest, growth: Growth, files: Pick<Files, 'first'>): Promise<void> {
  await growth.step('seed', async () => {
    const live = (await findSample(rest))?.live;
    if (live) return { index_version: live };
    const first = await files.first();
    await jobResult(rest, await startImport(rest, first));
    return jobResult<Built>(rest, await startBuild(rest, { promote: true }));
  });
}

/** After that, in the background and each step once: a test set of street photos, then the rest of the sample catalogue. */
export async function growSample(rest: Rest, growth: Growth, files: Files): Promise<void> {
  if (growth.resultOf('grown') !== undefined) return;
  try {
    const isThere = async (): Promise<boolean> => (await findSample(rest)) !== null;
    if (await isThere())
      await growth.job('first photos', evaluation(rest, files.first, 'First street photos')).catch(() => {});
    await growth.step('rendered', files.render);
    // A person may have deleted it meanwhile; an import would make it again.
    if (await isThere()) await fill(rest, growth, files);
    await growth.step('grown', async () => true);
  } catch (error) {
    process.stderr.write(
      `The sample catalogue did not grow: ${(error as Error).message}. The next start tries again.\n`,
    );
  }
}

async function fill(rest: Rest, growth: Growth, files: Files): Promise<void> {
  const wait = <T>(jobId: string): Promise<T> => jobResult<T>(rest, jobId);
  await growth.job('imported', { start: () => startImport(rest, files.grown), wait });
  const built = await growth.job<Built>('built', { start: () => startBuild(rest, { promote: false }), wait });
  await growth.step('promoted', () => promoteUnlessTouched(rest, growth, built.index_version));
  await growth.job(
    'photos',
    evaluation(rest, async () => files.grown, 'Street photos'),
  );
}

/** Live only where nobody has promoted or built anything since the seed: a person's choice is never replaced. */
async function promoteUnlessTouched(rest: Rest, growth: Growth, built: string): Promise<boolean> {
  const seed = growth.resultOf<Built>('seed')?.index_version;
  const versions = await sampleVersions(rest);
  const live = (await findSample(rest))?.live;
  const isUntouched = live === seed && versions.every((version) => version === seed || version === built);
  if (isUntouched) await promoteSample(rest, built);
  return isUntouched;
}

/** Under the first free name of "Street photos", "Street photos 2", …: people name their own as they like. */
function evaluation(
  rest: Rest,
  files: () => Promise<SampleFiles>,
  name: string,
): { start(): Promise<string>; wait(jobId: string): Promise<unknown> } {
  const start = async (number = 1): Promise<string> => {
    try {
      return await startEvaluation(rest, await files(), number === 1 ? name : `${name} ${number}`);
    } catch (error) {
      if (!(error instanceof RestError) || error.code !== 'conflict' || number === NAMES_TRIED) throw error;
      return start(number + 1);
    }
  };
  return { start: () => start(), wait: (jobId) => jobResult(rest, jobId) };
}
