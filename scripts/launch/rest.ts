/** The launcher's own door to REST v1, as the command line has it: the operator's token, so that no key counts as used. */
export type Rest = { url: string; operatorToken: string; tenantId: string };

/** An answer that is no 2xx, with the code of the error table. */
export class RestError extends Error {
  override name = 'RestError';
  readonly code: string;

  constructor(path: string, answer: { status: number; text: string }) {
    super(`${path} answered ${answer.status}: ${answer.text}`);
    this.code = /"code":"([a-z_]+)"/.exec(answer.text)?.[1] ?? '';
  }
}

export async function callRest<T>(
  rest: Rest,
  path: string,
  body?: FormData | Record<string, unknown>,
): Promise<T> {
  const multipart = body instanceof FormData;
  const headers = {
    authorization: `Bearer ${rest.operatorToken}`,
    'likeness-tenant': rest.tenantId,
    ...(body && !multipart ? { 'content-type': 'application/json' } : {}),
  };
  const payload = body === undefined ? undefined : multipart ? body : JSON.stringify(body);
  const response = await fetch(new URL(path, rest.url), {
    method: body ? 'POST' : 'GET',
    headers,
    body: payload,
  });
  const text = await response.text();
  if (!response.ok) throw new RestError(path, { status: response.status, text });
  return JSON.parse(text) as T;
}

/** A job that ended without a result. */
export class JobFailed extends Error {
  override name = 'JobFailed';
}

type JobAnswer = { state: string; result?: unknown; error?: { code: string; message: string } };

/** Waits for a job; a failed one throws with its code and message. */
export async function jobResult<T>(rest: Rest, jobId: string): Promise<T> {
  for (;;) {
    const job = await callRest<JobAnswer>(rest, `/v1/jobs/${jobId}`);
    if (job.state === 'done') return job.result as T;
    if (job.state === 'failed' || job.state === 'canceled')
      throw new JobFailed(`job ${jobId} ${job.state}: ${JSON.stringify(job.error)}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
