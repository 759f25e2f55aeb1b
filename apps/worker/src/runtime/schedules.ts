import type { Deps } from '@likeness/core/context';
import { schedulePurge } from '@likeness/core/job/schedule-purge';

const HOUR_MS = 3_600_000;

/** Asks for the work that nobody asks for. Every worker does; the jobs' keys keep it single. */
export function startSchedules(deps: Deps): () => void {
  const purge = (): void => {
    schedulePurge(deps).catch((error) =>
      deps.log.warn({ err: error }, 'the purge of query photos was not scheduled'),
    );
  };
  purge();
  const timer = setInterval(purge, HOUR_MS);
  return () => clearInterval(timer);
}
