import { newId } from '@likeness/contracts/ids';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

export type ShopperEvent = {
  type: 'view' | 'click' | 'cart' | 'purchase' | 'not_same';
  requestId: string;
  productId: string;
  position: number;
  time?: Date | undefined;
};

/** Takes what shoppers did with answers; an event told twice counts once. */
export async function recordEvents(
  ctx: Ctx,
  input: { events: readonly ShopperEvent[] },
): Promise<{ accepted: number }> {
  requirePermission(ctx, 'events:write');
  const now = new Date(ctx.deps.clock.now());
  const { count } = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.searchEvent.createMany({
      data: input.events.map(({ type, requestId, productId, position, time }) => ({
        tenantId: ctx.tenantId,
        id: newId('searchEvent'),
        type,
        requestId,
        productId,
        position,
        at: time ?? now,
      })),
      skipDuplicates: true,
    }),
  );
  return { accepted: count };
}
