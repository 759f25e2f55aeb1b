import type { JobRegistry } from '@likeness/core/job/job-run';
import { buildIndex } from './build-index.ts';
import { deleteCatalog } from './delete-catalog.ts';
import { evaluateIndex } from './evaluate-index.ts';
import { importCatalog } from './import-catalog.ts';
import { purgeQueryImagesJob } from './purge-query-images.ts';
import { syncProducts } from './sync-products.ts';

/** Which handler runs which kind of job. A kind without a handler waits until a worker has one. */
export const jobs: JobRegistry = {
  'import-catalog': importCatalog,
  'build-index': buildIndex,
  'evaluate-index': evaluateIndex,
  'sync-products': syncProducts,
  'delete-catalog': deleteCatalog,
  'purge-query-images': purgeQueryImagesJob,
};
