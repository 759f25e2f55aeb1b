import { openDoor } from '../../../../../../server/console/open-door.ts';
import { evaluationCsv } from '../../../../../../server/view/evaluation-csv.ts';

export const dynamic = 'force-dynamic';
type Props = { params: Promise<{ tenant: string; evaluation: string }> };

/** Every photo of an evaluation, or (`?with=`) of two of the same test set, as one table. */
export async function GET(request: Request, { params }: Props) {
  const { tenant, evaluation: evaluationId } = await params;
  return openDoor(request, {
    slug: tenant,
    permission: 'catalogs:read',
    handle: async (ctx) => {
      const beforeId = new URL(request.url).searchParams.get('with') ?? undefined;
      return new Response(await evaluationCsv(ctx, { evaluationId, beforeId }), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="photos.csv"',
        },
      });
    },
  });
}
