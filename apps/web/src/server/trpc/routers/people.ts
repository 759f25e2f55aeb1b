import { ROLES } from '@likeness/contracts/permissions';
import { addMember, addMemberSchema } from '@likeness/core/member/add-member';
import { changeRole, removeMember } from '@likeness/core/member/change-member';
import { revokeOtherSessions } from '@likeness/core/session/session-store';
import { changePassword } from '@likeness/core/user/change-password';
import { z } from 'zod';
import { getDeps } from '../../composition.ts';
import { router, tenantProcedure, userProcedure } from '../procedures.ts';

const userId = z.string().max(64);

export const membersRouter = router({
  add: tenantProcedure('members:write')
    .input(addMemberSchema)
    .mutation(({ ctx, input }) => addMember(ctx.tenant, input)),
  changeRole: tenantProcedure('members:write')
    .input(z.object({ userId, role: z.enum(ROLES) }))
    .mutation(({ ctx, input }) => changeRole(ctx.tenant, input)),
  remove: tenantProcedure('members:write')
    .input(z.object({ userId }))
    .mutation(({ ctx, input }) => removeMember(ctx.tenant, input)),
});

/** The caller's own account, whatever workspace they look at. */
export const accountRouter = router({
  changePassword: userProcedure
    .input(z.object({ current: z.string().max(256), next: z.string().min(8).max(256) }))
    .mutation(async ({ ctx: { user }, input }) =>
      changePassword(await getDeps(), { ...input, userId: user.userId, sessionId: user.sessionId }),
    ),
  signOutOthers: userProcedure.mutation(async ({ ctx: { user } }) =>
    revokeOtherSessions(await getDeps(), { userId: user.userId, keepSessionId: user.sessionId }),
  ),
});
