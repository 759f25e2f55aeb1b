import type { Actor, Ctx } from '../context.ts';
import type { JobRun } from './job-run.ts';

const TYPES = ['user', 'key', 'operator', 'job'] as const;

/** The job's context in the name of who asked for it: the audit of what it does for them names them, not the job. */
export async function asRequester(run: Pick<JobRun, 'ctx' | 'jobId'>): Promise<Ctx> {
  const { ctx, jobId } = run;
  const job = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.job.findFirst({ where: { id: jobId }, select: { requestedBy: true } }),
  );
  const [type = '', id = ''] = (job?.requestedBy ?? '').split(':');
  if (!isType(type) || id === '') return ctx;
  return { ...ctx, actor: { ...ctx.actor, type, id } };
}

const isType = (type: string): type is Actor['type'] => (TYPES as readonly string[]).includes(type);
