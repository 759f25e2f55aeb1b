'use client';
import type { JobProgress, JobState } from '@likeness/contracts/jobs';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../../components/shell.tsx';
import { JobFault } from './job-fault.tsx';

export type JobWire = {
  id: string;
  kind: string;
  state: JobState;
  progress: JobProgress | null;
  result: unknown;
  error: { code: string; message: string } | null;
};

const isOver = (state: JobState): boolean => state === 'done' || state === 'failed' || state === 'canceled';

/** Follows a job by server-sent events; the browser reconnects by itself and repeats none. */
export function useJob(first: JobWire, onOver: () => void): JobWire {
  const { slug } = useSeat();
  const [job, setJob] = useState(first);
  // One stream a job; what is called at its end may change.
  useEffect(() => {
    if (isOver(first.state)) return;
    const source = new EventSource(`/api/console/${encodeURIComponent(slug)}/jobs/${first.id}`);
    source.onmessage = (event: MessageEvent<string>) => {
      const next = JSON.parse(event.data) as JobWire;
      setJob(next);
      if (isOver(next.state)) {
        source.close();
        onOver();
      }
    };
    return () => source.close();
  }, [slug, first.id, first.state]);
  return job;
}

/** Name, stage, bar, done of total and what is left of one running job. */
export function JobRow({ first, title }: { first: JobWire; title: string }) {
  const t = useTranslations('job');
  const format = useFormatter();
  const router = useRouter();
  const { slug } = useSeat();
  const { busy, run } = useAction();
  const job = useJob(first, () => router.refresh());
  const { progress } = job;
  const hasCount = progress !== null && progress.total > 0;
  const share = hasCount ? Math.min(1, progress.done / progress.total) : 0;
  const phase =
    progress?.phase && t.has(`phase.${progress.phase}` as 'phase.read')
      ? t(`phase.${progress.phase}` as 'phase.read')
      : null;
  const running = !isOver(job.state);
  return (
    <div className="jobrow" data-testid={`job-${job.kind}`} data-state={job.state}>
      <div>
        <b>{title}</b>
        <span>
          {hasCount
            ? t('of', { done: format.number(progress.done), total: format.number(progress.total) })
            : t(`state.${job.state}`)}
        </span>
      </div>
      <span
        className="track"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <i className="run" style={{ width: `${share * 100}%` }} />
      </span>
      <div className="meta t2">
        <span>
          {phase ?? (hasCount ? t(`state.${job.state}`) : '')}
          {progress?.eta_seconds ? ` · ${t('left', { time: spell(progress.eta_seconds) })}` : ''}
        </span>
        {running && (
          <button
            type="button"
            className="link"
            disabled={busy}
            onClick={() => void run(() => trpcFor(slug).goods.cancelJob.mutate({ jobId: job.id }))}
          >
            {t('stop')}
          </button>
        )}
      </div>
      {job.error && (
        <p className="notice bad">
          <JobFault error={job.error} />
        </p>
      )}
    </div>
  );
}

/** "40 s", "17 min", "3 h". */
export function spell(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
