import { AppError } from '@likeness/contracts/errors';
import type { Tx } from '@likeness/db/database';

/** Error: `conflict` while one of the jobs of evaluations still works on what is to go. */
export async function refuseWhileEvaluated(tx: Tx, jobIds: readonly (string | null)[]): Promise<void> {
  const busy = await tx.job.findFirst({
    where: { id: { in: jobIds.flatMap((id) => id ?? []) }, state: { in: ['queued', 'running'] } },
    select: { id: true },
  });
  if (busy)
    throw new AppError('conflict', {
      message: 'An evaluation of it is under way.',
      hint: 'Wait until it is done, or stop it.',
    });
}
