import type { Tx } from '@likeness/db/database';

/**
 * What a job was to complete does not wait for it for ever: the index version of a build that ended without being ready has
 * failed, an evaluation without a result ends as its job did, and a test set that got no photo of its upload goes.
 */
export async function endWhatItMade(tx: Tx, jobId: string, state: 'failed' | 'canceled'): Promise<void> {
  await tx.indexVersion.updateMany({ where: { jobId, state: 'building' }, data: { state: 'failed' } });
  const evaluation = await tx.evaluation.findFirst({ where: { jobId, state: { not: 'done' } } });
  if (!evaluation) return;
  const { tenantId, id, testSetId } = evaluation;
  await tx.evaluation.update({ where: { tenantId_id: { tenantId, id } }, data: { state } });
  const photos = await tx.testQuery.count({ where: { testSetId } });
  if (photos === 0) await tx.testSet.deleteMany({ where: { id: testSetId, origin: 'uploaded' } });
}
