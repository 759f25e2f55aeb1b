import type { JobView } from '@likeness/core/job/job-view';
import { useTranslations } from 'next-intl';
import { JobFault } from '../jobs/job-fault.tsx';

/** An evaluation without figures: under way, or how its job ended and why. */
export function EvaluationState({ job }: { job: JobView | undefined }) {
  const t = useTranslations('job.state');
  if (!job) return <>—</>;
  if (job.state === 'queued' || job.state === 'running') return <>…</>;
  return (
    <>
      <span className={job.state === 'failed' ? 'tag bad' : 'tag'}>
        {job.state === 'failed' ? '✕ ' : ''}
        {t(job.state)}
      </span>
      {job.error && (
        <span className="meta t2">
          {' '}
          <JobFault error={job.error} />
        </span>
      )}
    </>
  );
}
