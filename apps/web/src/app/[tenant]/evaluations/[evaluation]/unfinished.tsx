import type { JobView } from '@likeness/core/job/job-view';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageBar } from '../../../../components/page-bar.tsx';
import { EvaluationState } from '../../../../features/evaluations/evaluation-state.tsx';
import { JobRow } from '../../../../features/jobs/job-row.tsx';
import { toWire } from '../../../../features/jobs/to-wire.ts';

type Props = {
  slug: string;
  /** Null where it is gone. */
  job: JobView | null;
  /** The version and the test set that it is of. */
  version: string;
  testSet: string;
  remove: ReactNode;
};

/** An evaluation while its photos are searched, or when its job ended without figures. */
export async function Unfinished({ slug, job, version, testSet, remove }: Props) {
  const t = await getTranslations('evaluations');
  const runs = job?.state === 'queued' || job?.state === 'running';
  return (
    <>
      <PageBar
        crumbs={[
          { label: t('title'), href: `/${encodeURIComponent(slug)}/evaluations` },
          { label: t(runs ? 'running' : 'noFigures') },
        ]}
      >
        {!runs && remove}
      </PageBar>
      <div className="page">
        <h1>{t(runs ? 'underWay' : 'noFiguresLead')}</h1>
        <p className="sub">{t('of', { version, testSet })}</p>
        {job && runs ? (
          <section className="sec">
            <JobRow first={toWire(job)} title={t('running')} />
          </section>
        ) : (
          <div className="empty">
            <p>
              <EvaluationState job={job ?? undefined} />
            </p>
            <Link className="btn" href={`/${encodeURIComponent(slug)}/evaluations`}>
              {t('again')}
            </Link>
          </div>
        )}
      </div>
    </>
  );
}
