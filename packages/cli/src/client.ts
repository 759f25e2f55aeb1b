import { CliError } from './cli-error.ts';
import type { Connection } from './connection.ts';

export type Client = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  delete<T>(path: string): Promise<T>;
  /** The raw answer, for streams of lines. */
  stream(path: string): Promise<Response>;
};

/** A thin client of REST v1: JSON or multipart in, JSON out; the error body becomes a `CliError`. */
export function createClient(connection: Connection): Client {
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const multipart = body instanceof FormData;
    const headers = {
      ...connection.headers,
      ...(body && !multipart ? { 'content-type': 'application/json' } : {}),
    };
    const payload = body === undefined ? undefined : multipart ? body : JSON.stringify(body);
    let response: Response;
    try {
      response = await fetch(new URL(path, connection.url), { method, headers, body: payload });
    } catch (cause) {
      const reason =
        cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
      throw new CliError(
        'not_running',
        `${connection.url} does not answer: ${reason}`,
        'Start the product with npm start.',
      );
    }
    if (response.ok) return response;
    throw await toCliError(response);
  };
  return {
    get: async <T>(path: string) => (await (await send('GET', path)).json()) as T,
    post: async <T>(path: string, body: unknown) => (await (await send('POST', path, body)).json()) as T,
    delete: async <T>(path: string) => (await (await send('DELETE', path)).json()) as T,
    stream: (path) => send('GET', path),
  };
}

async function toCliError(response: Response): Promise<CliError> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as {
      error: { code: string; message: string; hint: string; request_id: string };
    };
    return new CliError(error.code, error.message, error.hint, error.request_id);
  } catch {
    return new CliError('internal', `The server answered ${response.status} without an error body.`);
  }
}
