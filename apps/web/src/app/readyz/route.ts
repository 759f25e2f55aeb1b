import { getDeps } from '../../server/composition.ts';

export const dynamic = 'force-dynamic';

type Part = 'database' | 'engine' | 'models';

/** 200 when a search could be answered: Postgres, engine and inference answer; else 503, which names the silent part. */
export async function GET(): Promise<Response> {
  try {
    const deps = await getDeps();
    await Promise.all([
      asked('database', deps.db.ping()),
      asked('engine', deps.engine.list()),
      asked('models', deps.vision.builtinModels()),
    ]);
    return Response.json({ ok: true });
  } catch (error) {
    const part = error instanceof Silent ? error.part : undefined;
    return Response.json({ ok: false, reason: (error as Error).message, part }, { status: 503 });
  }
}

class Silent extends Error {
  readonly part: Part;
  constructor(part: Part, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.part = part;
  }
}

async function asked(part: Part, answer: Promise<unknown>): Promise<void> {
  await answer.catch((cause) => {
    throw new Silent(part, cause);
  });
}
