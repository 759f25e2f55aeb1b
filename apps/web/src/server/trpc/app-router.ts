import { router } from './procedures.ts';
import { catalogRouter } from './routers/catalog.ts';
import { goodsRouter } from './routers/goods.ts';
import { accountRouter, membersRouter } from './routers/people.ts';
import { qualityRouter } from './routers/quality.ts';
import { workspaceRouter } from './routers/workspace.ts';

/** Everything the console changes or polls; pages read through the verbs themselves. */
export const appRouter = router({
  catalog: catalogRouter,
  goods: goodsRouter,
  quality: qualityRouter,
  workspace: workspaceRouter,
  members: membersRouter,
  account: accountRouter,
});
export type AppRouter = typeof appRouter;
