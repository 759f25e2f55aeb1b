import type { AuditLine } from '@likeness/core/audit/audit-hash';
import { listAudit } from '@likeness/core/audit/list-audit';
import type { Ctx } from '@likeness/core/context';
import { listMembers } from '@likeness/core/member/memberships';
import { csvAnswer } from '../../../../../server/console/csv-answer.ts';
import { openDoor } from '../../../../../server/console/open-door.ts';

export const dynamic = 'force-dynamic';
type Props = { params: Promise<{ tenant: string }> };

const HEADER = [
  'seq',
  'time',
  'actor_type',
  'actor_id',
  'actor_name',
  'action',
  'subject',
  'before',
  'after',
  'address',
  'request_id',
];
const PAGE = 200;

/** The whole audit log as it is recorded, newest first. */
export async function GET(request: Request, { params }: Props) {
  return openDoor(request, {
    slug: (await params).tenant,
    permission: 'audit:read',
    handle: async (ctx) => {
      const members = await listMembers(ctx);
      const names = new Map(members.map(({ userId, name }) => [userId, name]));
      const day = new Date(ctx.deps.clock.now()).toISOString().slice(0, 10);
      return csvAnswer(`likeness-audit-${day}.csv`, HEADER, rowsOf(ctx, names));
    },
  });
}

async function* rowsOf(ctx: Ctx, names: ReadonlyMap<string, string>): AsyncGenerator<unknown[]> {
  let beforeSeq: number | undefined;
  for (;;) {
    const lines: AuditLine[] = await listAudit(ctx, { limit: PAGE, ...(beforeSeq ? { beforeSeq } : {}) });
    for (const line of lines)
      yield [
        line.seq,
        line.at.toISOString(),
        line.actorType,
        line.actorId,
        names.get(line.actorId),
        line.action,
        line.subject,
        json(line.before),
        json(line.after),
        line.address,
        line.requestId,
      ];
    beforeSeq = lines.at(-1)?.seq;
    if (lines.length < PAGE || !beforeSeq || beforeSeq <= 1) return;
  }
}

const json = (value: unknown): string => (value === null ? '' : JSON.stringify(value));
