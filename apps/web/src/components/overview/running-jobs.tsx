import type { JobView } from '@likeness/core/job/job-view';
import { useFormatter, useTranslations } from 'next-intl';

/** Work in progress at the moment the page was read. */
export function RunningJobs({ jobs }: { jobs: JobView[] }) {
  const t = useTranslations('overview');
  const of = useTranslations('job');
  const format = useFormatter();
  return (
    <section className="sec">
      <div className="head">
        <h2>{t('running')}</h2>
      </div>
      {jobs.map((job) => {
        const { done, total } = job.progress ?? { done: 0, total: 0 };
        const name = job.kind as 'import-catalog';
        return (
          <div className="jobrow" key={job.id}>
            <div>
              <span>{t.has(`job.${name}`) ? t(`job.${name}`) : job.kind}</span>
              <span className="t2">
                {total > 0
                  ? of('of', { done: format.number(done), total: format.number(total) })
                  : t('queued')}
              </span>
            </div>
            <span className="track">
              <i style={{ width: `${total > 0 ? (done / total) * 100 : 0}%` }} />
            </span>
          </div>
        );
      })}
    </section>
  );
}
