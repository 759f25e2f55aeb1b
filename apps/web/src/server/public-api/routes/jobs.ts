import { jobAnswerSchema } from '@likeness/contracts/rest/catalogs';
import { evaluationDetails } from '@likeness/core/evaluation/get-evaluation';
import { cancelJob } from '@likeness/core/job/cancel-job';
import { getJob } from '@likeness/core/job/get-job';
import type { JobView } from '@likeness/core/job/job-view';
import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { lines } from '../serialize/lines.ts';

const params = z.object({ id: z.string().min(1).max(64) });

export const getJobRoute = defineRoute({
  method: 'GET',
  path: '/v1/jobs/{id}',
  summary: 'State, progress and result of a job',
  scope: 'jobs:read',
  rate: 'read',
  meter: null,
  tenancy: 'tenant',
  params,
  answer: { status: 200, schema: jobAnswerSchema },
  errors: ['not_found'],
  handle: async ({ ctx, params: { id } }) => toJob(await getJob(ctx, { jobId: id })),
});

export const cancelJobRoute = defineRoute({
  method: 'POST',
  path: '/v1/jobs/{id}/cancel',
  summary: 'Cancel a job; it stops within 3 s',
  scope: 'catalogs:write',
  rate: 'write',
  meter: null,
  tenancy: 'tenant',
  params,
  answer: { status: 202, schema: z.object({ job_id: z.string() }) },
  errors: ['not_found'],
  handle: async ({ ctx, params: { id } }) => {
    await cancelJob(ctx, { jobId: id });
    return { job_id: id };
  },
});

export const detailsRoute = defineRoute({
  method: 'GET',
  path: '/v1/catalogs/{catalog}/evaluations/{id}/details',
  summary: 'One JSON line for each query of an evaluation',
  scope: 'catalogs:read',
  rate: 'read',
  meter: null,
  tenancy: 'tenant',
  params: z.object({ catalog: z.string().min(1).max(100), id: z.string().min(1).max(64) }),
  answer: { status: 200, schema: null, type: 'application/x-ndjson' },
  errors: ['not_found'],
  handle: ({ ctx, params: { id } }) => lines(evaluationDetails(ctx, { evaluationId: id })),
});

function toJob(job: JobView): z.output<typeof jobAnswerSchema> {
  const { id, kind, state, progress, result, error } = job;
  return {
    job_id: id,
    kind,
    state,
    progress: progress ?? { phase: state, done: 0, total: 0, eta_seconds: null },
    ...(result === null ? {} : { result }),
    ...(error === null ? {} : { error }),
  };
}
