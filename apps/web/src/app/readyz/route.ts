import { getDeps } from '../../server/composition.ts';

export const dynamic = 'force-dynamic';

/** 200 when a search could be answered: Postgres, engine and inference answer. */
export async function GET(): Promise<Response> {
  try {
    const deps = await getDeps();
    await Promise.all([deps.db.ping(), deps.engine.list(), deps.vision.builtinModels()]);
    return Response.json({ ok: true });
  } catch (error) {
    return Response.json({ ok: false, reason: (error as Error).message }, { status: 503 });
  }
}
