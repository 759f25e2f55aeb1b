import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createClient } from './client.ts';
import { waitJob } from './wait-job.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const progress = { done: 1, total: 2, eta_seconds: null };
const busy = {
  error: {
    code: 'database_unavailable',
    message: 'The database does not answer.',
    hint: '',
    request_id: 'r',
  },
};

/** A server that gives these answers one after the other, the last one for ever. */
async function serve(answers: [status: number, body: unknown][]): Promise<ReturnType<typeof createClient>> {
  let at = 0;
  const server = createServer((_request, response) => {
    const [status, body] = answers[Math.min(at++, answers.length - 1)] as [number, unknown];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return createClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    headers: {},
  } as never);
}

test('a product that is silent for a while is asked again, and the job’s result comes', async () => {
  const client = await serve([
    [200, { state: 'running', progress }],
    [503, busy],
    [503, busy],
    [200, { state: 'done', progress, result: { images: 3 } }],
  ]);
  expect(await waitJob(client, 'job_1')).toEqual({ images: 3 });
});

test('when it stays silent, the error says how to ask for the job', async () => {
  const client = await serve([[503, busy]]);
  await expect(waitJob(client, 'job_1', 200)).rejects.toMatchObject({
    code: 'database_unavailable',
    hint: expect.stringContaining('npx likeness job job_1'),
  });
});

test('an answer about the job ends the waiting', async () => {
  const refused = { error: { code: 'not_found', message: 'm', hint: '', request_id: 'r' } };
  await expect(waitJob(await serve([[404, refused]]), 'job_1')).rejects.toMatchObject({ code: 'not_found' });
});
