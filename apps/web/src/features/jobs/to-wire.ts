import type { JobView } from '@likeness/core/job/job-view';
import type { JobWire } from './job-row.tsx';

/** What the browser may know of a job; payloads stay on the server. */
export function toWire({ id, kind, state, progress, result, error }: JobView): JobWire {
  return { id, kind, state, progress, result, error };
}
