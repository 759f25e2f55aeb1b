import { openAsBlob } from 'node:fs';
import path from 'node:path';
import { zipFolder } from '@likeness/cli/zip-folder';
import { callRest, type Rest } from './rest.ts';
import type { SampleFiles } from './sample-files.ts';

export const SAMPLE_CATALOG = 'sample';
const route = `/v1/catalogs/${SAMPLE_CATALOG}`;
type Started = { job_id: string };

/** Asks for the import of the sample catalogue the way every customer does: a CSV and a ZIP. Gives the job. */
export async function startImport(rest: Rest, files: SampleFiles): Promise<string> {
  const archive = await zipFolder(files.images);
  try {
    const form = new FormData();
    form.set('mapping', '{}');
    form.set('table', await openAsBlob(files.catalogCsv), 'catalog.csv');
    form.set('images', await openAsBlob(archive.file), 'images.zip');
    return (await callRest<Started>(rest, `${route}/imports`, form)).job_id;
  } finally {
    await archive.remove();
  }
}

export async function startBuild(rest: Rest, how: { promote: boolean }): Promise<string> {
  return (await callRest<Started>(rest, `${route}/builds`, how)).job_id;
}

/** Searches with the first street photo. */
export async function searchSample(rest: Rest, files: SampleFiles): Promise<unknown> {
  const form = new FormData();
  form.set('catalog', SAMPLE_CATALOG);
  form.set('image', await openAsBlob(path.join(files.images, files.queries[0] ?? '')), 'street.jpg');
  return callRest(rest, '/v1/search', form);
}

/** Asks for an evaluation of the street photos, which become a test set of this name. Gives the job. */
export async function startEvaluation(rest: Rest, files: SampleFiles, name: string): Promise<string> {
  const archive = await zipFolder(files.images, await queryNames(files));
  try {
    const form = new FormData();
    form.set('crop', 'auto');
    form.set('name', name);
    form.set('queries', await openAsBlob(files.queriesCsv), 'queries.csv');
    form.set('images', await openAsBlob(archive.file), 'images.zip');
    return (await callRest<Started>(rest, `${route}/evaluations`, form)).job_id;
  } finally {
    await archive.remove();
  }
}

export type SampleCatalog = { name: string; live: string | null };

/** The sample catalogue, or null where it is not (yet, or no more). */
export async function findSample(rest: Rest): Promise<SampleCatalog | null> {
  const { catalogs } = await callRest<{ catalogs: SampleCatalog[] }>(rest, '/v1/catalogs');
  return catalogs.find((catalog) => catalog.name === SAMPLE_CATALOG) ?? null;
}

/** Ids of all its index versions, newest first. */
export async function sampleVersions(rest: Rest): Promise<string[]> {
  const { indexes } = await callRest<{ indexes: { id: string }[] }>(rest, `${route}/indexes`);
  return indexes.map((index) => index.id);
}

export const promoteSample = (rest: Rest, indexVersion: string): Promise<unknown> =>
  callRest(rest, `${route}/promote`, { index_version: indexVersion });

async function queryNames(files: SampleFiles): Promise<string[]> {
  const text = await (await openAsBlob(files.queriesCsv)).text();
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
}
