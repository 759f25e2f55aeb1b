import type { JobRegistry } from '@likeness/core/job/job-run';
import { purgeQueryImagesJob } from './purge-query-images.ts';

/** Which handler runs which kind of job. A kind without a handler waits until a worker has one. */
export const jobs: JobRegistry = {
  'purge-query-images': purgeQueryImagesJob,
};
