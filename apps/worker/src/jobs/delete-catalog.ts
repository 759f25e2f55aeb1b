import { emptyCatalog } from '@likeness/core/catalog/empty-catalog';
import type { JobHandler } from '@likeness/core/job/job-run';

export const deleteCatalog: JobHandler<'delete-catalog'> = (run) => emptyCatalog(run);
