import { newId } from '@likeness/contracts/ids';
import type { Database } from '@likeness/db/database';

/** Rows of a test set and an evaluation of it with one answer, as nobody of another workspace may see them. */
export async function plantEvaluation(
  database: Database,
  { tenantId, catalogId }: { tenantId: string; catalogId: string },
): Promise<{ testSet: string; evaluation: string }> {
  const [testSet, evaluation] = [newId('testSet'), newId('evaluation')];
  await database.tenant(tenantId, async (tx) => {
    const version = await tx.indexVersion.findFirstOrThrow({ where: { catalogId } });
    const owned = { tenantId, catalogId };
    await tx.testSet.create({ data: { ...owned, id: testSet, name: 'their-secret-exam', origin: 'saved' } });
    await tx.evaluation.create({
      data: { ...owned, id: evaluation, testSetId: testSet, indexVersionId: version.id, state: 'done' },
    });
    await tx.evaluationAnswer.create({
      data: {
        tenantId,
        evaluationId: evaluation,
        ordinal: 0,
        testQueryId: newId('testQuery'),
        image: 'their-secret-photo.jpg',
        productIds: ['secret-1'],
        groups: [],
        rank: 1,
        outcome: 'found',
        box: [],
        top: [],
      },
    });
  });
  return { testSet, evaluation };
}
