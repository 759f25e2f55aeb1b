import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSpec } from '@likeness/contracts/inference';

export type Parts = {
  inferenceUrl: string;
  engineUrl: string;
  collection: string;
  encoder: ModelSpec;
  detector: ModelSpec;
};

/** Addresses of a running copy's own servers (from the command lines that it remembers) and what its index uses. */
export async function readParts(dataDir: string): Promise<Parts> {
  const processes = JSON.parse(readFileSync(path.join(dataDir, 'processes.json'), 'utf8')) as {
    pid: number;
    mark: string;
  }[];
  const portOf = (app: string): string => {
    const pid = processes.find((each) => each.mark.includes(`apps/${app}/`))?.pid;
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return environment.find((line) => line.startsWith('PORT='))?.slice(5) ?? '';
  };
  const inferenceUrl = `http://127.0.0.1:${portOf('inference')}`;
  const engineUrl = `http://127.0.0.1:${portOf('engine')}`;
  const { collections } = (await (await fetch(`${engineUrl}/collections`)).json()) as {
    collections: string[];
  };
  const { models } = (await (await fetch(`${inferenceUrl}/models/builtin`)).json()) as {
    models: ModelSpec[];
  };
  const ofTask = (task: string): ModelSpec =>
    models.find((model) => model.manifest.task === task) as ModelSpec;
  return {
    inferenceUrl,
    engineUrl,
    collection: collections[0] ?? '',
    encoder: ofTask('embed'),
    detector: ofTask('detect'),
  };
}
