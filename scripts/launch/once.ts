import type { Rest } from './rest.ts';
import { firstSampleFiles } from './sample-files.ts';
import { buildSample, evaluateSample, importSample, searchSample } from './sample-shop.ts';
import type { Settings } from './settings.ts';

/** `--once`: the main job from end to end on the sample catalogue; gives the evaluation JSON. */
export async function runOnce(settings: Settings, rest: Rest): Promise<unknown> {
  const files = await firstSampleFiles(settings.data);
  await importSample(rest, files);
  await buildSample(rest);
  await searchSample(rest, files);
  return evaluateSample(rest, files, `Street photos ${new Date().toISOString()}`);
}
