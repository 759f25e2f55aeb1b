import { openAsBlob } from 'node:fs';
import path from 'node:path';
import { zipFolder } from '@likeness/cli/zip-folder';
import { callRest, jobResult, type Rest } from './rest.ts';
import type { SampleFiles } from './sample-files.ts';

export const SAMPLE_CATALOG = 'sample';
const route = `/v1/catalogs/${SAMPLE_CATALOG}`;

/** Imports the sample catalogue the way every customer does: a CSV and a ZIP. */
export async function importSample(rest: Rest, files: SampleFiles): Promise<unknown> {
  const archive = await zipFolder(files.images);
  try {
    const form = new FormData();
    form.set('mapping', '{}');
    form.set('table', await openAsBlob(files.catalogCsv), 'catalog.csv');
    form.set('images', await openAsBlob(archive.file), 'images.zip');
    const { job_id: jobId } = await callRest<{ job_id: string }>(rest, `${route}/imports`, form);
    return await jobResult(rest, jobId);
  } finally {
    await archive.remove();
  }
}

export async function buildSample(rest: Rest): Promise<unknown> {
  const { job_id: jobId } = await callRest<{ job_id: string }>(rest, `${route}/builds`, { promote: true });
  return jobResult(rest, jobId);
}

/** Searches with the first street photo. */
export async function searchSample(rest: Rest, files: SampleFiles): Promise<unknown> {
  const form = new FormData();
  form.set('catalog', SAMPLE_CATALOG);
  form.set('image', await openAsBlob(path.join(files.images, files.queries[0] ?? '')), 'street.jpg');
  return callRest(rest, '/v1/search', form);
}

/** Evaluates the street photos, which become a test set of this name. */
export async function evaluateSample(rest: Rest, files: SampleFiles, name: string): Promise<unknown> {
  const archive = await zipFolder(
    files.images,
    (await queryNames(files)).map((image) => image),
  );
  try {
    const form = new FormData();
    form.set('crop', 'auto');
    form.set('name', name);
    form.set('queries', await openAsBlob(files.queriesCsv), 'queries.csv');
    form.set('images', await openAsBlob(archive.file), 'images.zip');
    const { job_id: jobId } = await callRest<{ job_id: string }>(rest, `${route}/evaluations`, form);
    return await jobResult(rest, jobId);
  } finally {
    await archive.remove();
  }
}

export async function sampleIsLive(rest: Rest): Promise<boolean> {
  const { catalogs } = await callRest<{ catalogs: { name: string; live: string | null }[] }>(
    rest,
    '/v1/catalogs',
  );
  return catalogs.some((catalog) => catalog.name === SAMPLE_CATALOG && catalog.live !== null);
}

async function queryNames(files: SampleFiles): Promise<string[]> {
  const text = await (await openAsBlob(files.queriesCsv)).text();
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
}
