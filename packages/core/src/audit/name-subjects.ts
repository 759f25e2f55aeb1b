import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

/** What an id of the audit log stands for, in words that a person knows. */
export type SubjectName =
  | { kind: 'version'; number: number; catalog: string }
  | { kind: 'job'; job: string; catalog: string | null }
  | { kind: 'named'; name: string };
export type SubjectNames = Map<string, SubjectName>;

/** Names of what these ids stand for; of what is gone, the name that the log itself holds. Unknown ids are left out. */
export async function nameSubjects(ctx: Ctx, input: { ids: readonly string[] }): Promise<SubjectNames> {
  requirePermission(ctx, 'audit:read');
  const ids = [...new Set(input.ids)];
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    return new Map([...(await namesInLog(tx, ids)), ...(await namesOfRows(tx, ids))]);
  });
}

async function namesOfRows(tx: Tx, ids: string[]): Promise<SubjectNames> {
  const where = { id: { in: ids } };
  const named = { where, select: { id: true, name: true } };
  const versions = await tx.indexVersion.findMany({
    where,
    include: { catalog: { select: { name: true } } },
  });
  const jobs = await tx.job.findMany({ where, select: { id: true, kind: true, catalogId: true } });
  const catalogs = await tx.catalog.findMany({
    where: { id: { in: [...ids, ...jobs.flatMap(({ catalogId }) => catalogId ?? [])] } },
    select: { id: true, name: true },
  });
  const models = await tx.modelVersion.findMany({ where, select: { id: true, modelId: true } });
  const plain = [
    ...catalogs,
    ...(await tx.apiKey.findMany(named)),
    ...(await tx.testSet.findMany(named)),
    ...(await tx.tenant.findMany(named)),
    ...models.map(({ id, modelId }) => ({ id, name: modelId })),
  ];
  const names: SubjectNames = new Map();
  for (const { id, name } of plain) names.set(id, { kind: 'named', name });
  for (const { id, number, catalog } of versions)
    names.set(id, { kind: 'version', number, catalog: catalog.name });
  for (const { id, kind, catalogId } of jobs) {
    const catalog = catalogs.find((each) => each.id === catalogId)?.name ?? null;
    names.set(id, { kind: 'job', job: kind, catalog });
  }
  return names;
}

/** Actions whose line says what the thing was called. */
const NAMING = [
  'catalog.create',
  'catalog.delete',
  'index.build',
  'key.create',
  'key.revoke',
  'member.add',
  'model.add',
  'product.delete',
  'test_set.create',
];

async function namesInLog(tx: Tx, ids: string[]): Promise<SubjectNames> {
  const lines = await tx.auditEntry.findMany({
    where: { subject: { in: ids }, action: { in: NAMING } },
    orderBy: { seq: 'asc' },
    select: { subject: true, before: true, after: true },
  });
  const names: SubjectNames = new Map();
  for (const { subject, before, after } of lines) {
    const said = (after ?? before ?? {}) as Record<string, unknown>;
    const name = said.name ?? said.email ?? said.model_id ?? said.title ?? said.product_id;
    if (typeof said.number === 'number')
      names.set(subject, { kind: 'version', number: said.number, catalog: String(said.catalog ?? '') });
    else if (name) names.set(subject, { kind: 'named', name: String(name) });
  }
  return names;
}
