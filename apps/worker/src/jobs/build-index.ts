import { buildIndex as build } from '@likeness/core/index-version/build-index';
import type { JobHandler } from '@likeness/core/job/job-run';

export const buildIndex: JobHandler<'build-index'> = (run) => build(run);
