import type { Role } from '@likeness/contracts/permissions';
import type { Ctx, Deps } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

export type Workspace = { tenantId: string; name: string; slug: string; role: Role };

/** The workspaces of one person, by name; suspended ones are left out. */
export async function listWorkspaces(
  deps: Pick<Deps, 'db'>,
  { userId }: { userId: string },
): Promise<Workspace[]> {
  return deps.db.system(async (tx) => {
    const memberships = await tx.membership.findMany({ where: { userId } });
    const tenants = await tx.tenant.findMany({
      where: { id: { in: memberships.map((each) => each.tenantId) }, suspendedAt: null },
      orderBy: { name: 'asc' },
    });
    return tenants.map(({ id, name, slug }) => ({
      tenantId: id,
      name,
      slug,
      role: memberships.find((each) => each.tenantId === id)?.role as Role,
    }));
  });
}

export type MemberView = { userId: string; name: string; email: string; role: Role; since: Date };

/** People of the caller's tenant, oldest first. */
export async function listMembers(ctx: Ctx): Promise<MemberView[]> {
  requirePermission(ctx, 'members:read');
  const rows = await ctx.deps.db.system((tx) =>
    tx.membership.findMany({
      where: { tenantId: ctx.tenantId },
      include: { user: true },
      orderBy: { createdAt: 'asc' },
    }),
  );
  return rows.map(({ user, role, createdAt }) => ({
    userId: user.id,
    name: user.name,
    email: user.email,
    role: role as Role,
    since: createdAt,
  }));
}
