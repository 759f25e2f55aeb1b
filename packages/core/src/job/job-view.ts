import { type JobProgress, type JobState, jobProgressSchema } from '@likeness/contracts/jobs';
import type { JobModel } from '@likeness/db/generated/models/Job';

/** A job as people and programs see it. */
export type JobView = {
  id: string;
  kind: string;
  state: JobState;
  catalogId: string | null;
  /** As it was called when the job was asked for; null for jobs that do not say. */
  catalogName: string | null;
  attempt: number;
  progress: JobProgress | null;
  result: unknown;
  error: { code: string; message: string; hint: string } | null;
  cancelRequested: boolean;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Goes up with each change; the id of the job's events in a stream. */
  version: number;
};

export function toJobView(row: JobModel): JobView {
  const progress = jobProgressSchema.safeParse(row.progress);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state as JobState,
    catalogId: row.catalogId,
    catalogName: (row.payload as { catalogName?: string | null } | null)?.catalogName ?? null,
    attempt: row.attempt,
    progress: progress.success ? progress.data : null,
    result: row.result,
    error: row.error as JobView['error'],
    cancelRequested: row.cancelRequestedAt !== null,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    version: row.version,
  };
}

export function isOver(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'canceled';
}
