import { ERRORS } from '@likeness/contracts/errors';

/**
 * next-auth answers every sign-in that did not happen with 401, as if the password were wrong. What is our own fault
 * (the database is away) has the status of its code instead.
 */
export async function honestStatus(response: Response): Promise<Response> {
  if (response.status !== 401) return response;
  const { url } = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { url?: string };
  const code = URL.canParse(url ?? '') ? new URL(url as string).searchParams.get('error') : null;
  const status = code && code in ERRORS ? ERRORS[code as keyof typeof ERRORS].http : 401;
  return status < 500 ? response : new Response(response.body, { status, headers: response.headers });
}
