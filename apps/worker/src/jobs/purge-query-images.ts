import type { JobHandler } from '@likeness/core/job/job-run';
import { purgeQueryImages } from '@likeness/core/query-image/purge-query-images';

export const purgeQueryImagesJob: JobHandler<'purge-query-images'> = (run) => purgeQueryImages(run);
