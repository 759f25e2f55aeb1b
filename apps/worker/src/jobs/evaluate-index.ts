import { runEvaluation } from '@likeness/core/evaluation/run-evaluation';
import type { JobHandler } from '@likeness/core/job/job-run';

export const evaluateIndex: JobHandler<'evaluate-index'> = (run) => runEvaluation(run);
