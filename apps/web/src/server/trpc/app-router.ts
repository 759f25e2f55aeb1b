import { router } from './procedures.ts';
import { goodsRouter } from './routers/goods.ts';
import { qualityRouter } from './routers/quality.ts';
import { workspaceRouter } from './routers/workspace.ts';

/** Everything the console changes or polls; pages read through the verbs themselves. */
export const appRouter = router({ goods: goodsRouter, quality: qualityRouter, workspace: workspaceRouter });
export type AppRouter = typeof appRouter;
