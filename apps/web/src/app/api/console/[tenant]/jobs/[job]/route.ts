import { getJob } from '@likeness/core/job/get-job';
import type { JobView } from '@likeness/core/job/job-view';
import { watchJob } from '@likeness/core/job/watch-job';
import { openDoor } from '../../../../../../server/console/open-door.ts';

export const dynamic = 'force-dynamic';
type Props = { params: Promise<{ tenant: string; job: string }> };

/** A job's progress as server-sent events; each event's id is the job's version, so a reconnect repeats none. */
export async function GET(request: Request, { params }: Props) {
  const { tenant, job } = await params;
  return openDoor(request, {
    slug: tenant,
    permission: 'jobs:read',
    handle: async (ctx) => {
      await getJob(ctx, { jobId: job });
      const afterVersion = Number(request.headers.get('last-event-id')) || 0;
      const views = watchJob(ctx, { jobId: job, afterVersion, signal: request.signal });
      return new Response(toStream(views), { headers: { 'content-type': 'text/event-stream' } });
    },
  });
}

function toStream(views: AsyncGenerator<JobView>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await views.next();
      if (done) return controller.close();
      controller.enqueue(encoder.encode(`id: ${value.version}\ndata: ${JSON.stringify(toWire(value))}\n\n`));
    },
    cancel: async () => {
      await views.return(undefined);
    },
  });
}

/** What a row of progress shows; payloads stay on the server. */
function toWire({ id, kind, state, progress, result, error, version }: JobView) {
  return { id, kind, state, progress, result, error, version };
}
