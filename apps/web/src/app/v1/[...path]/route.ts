import { getPublicApi } from '../../../server/composition.ts';
import { handlePublicRequest } from '../../../server/public-api/handle-request.ts';

export const dynamic = 'force-dynamic';

const handler = async (request: Request): Promise<Response> =>
  handlePublicRequest(await getPublicApi(), request);

export { handler as DELETE, handler as GET, handler as PATCH, handler as POST, handler as PUT };
