import { jobResult, type Rest } from './rest.ts';
import { firstSampleFiles } from './sample-files.ts';
import { searchSample, startBuild, startEvaluation, startImport } from './sample-shop.ts';
import type { Settings } from './settings.ts';

/** `--once`: the main job from end to end on the sample catalogue; gives the evaluation JSON. */
export async function runOnce(settings: Settings, rest: Rest): Promise<unknown> {
  const files = await firstSampleFiles(settings.data);
  await jobResult(rest, await startImport(rest, files));
  await jobResult(rest, await startBuild(rest, { promote: true }));
  await searchSample(rest, files);
  const name = `Street photos ${new Date().toISOString()}`;
  return jobResult(rest, await startEvaluation(rest, files, name));
}
