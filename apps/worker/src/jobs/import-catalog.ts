import { runImport } from '@likeness/core/import/run-import';
import type { JobHandler } from '@likeness/core/job/job-run';

export const importCatalog: JobHandler<'import-catalog'> = (run) => runImport(run);
