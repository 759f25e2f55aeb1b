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

/** A process that is frozen takes a call and never answers: it is as silent as one that is gone. */
const PATIENCE_MS = 3000;

async function asked(part: Part, answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    await Promise.race([answer, late]);
  } catch (cause) {
    throw new Silent(part, cause);
  } finally {
    clearTimeout(timer);
  }
}
