import { Readable } from 'node:stream';
import { addressIn } from '../auth/caller-address.ts';

/** What REST v1 needs to know of a request, whichever server received it. */
export type PublicRequest = {
  method: string;
  /** Whole address, with scheme and host. */
  url: string;
  headers: Pick<Headers, 'get'>;
  body: Readable;
  /** Of the caller, for the audit. */
  address: string | null;
  /** Aborts when the caller hangs up. */
  signal: AbortSignal;
};

/** What it answers: text that is whole, or bytes that are made as they are read. */
export type PublicAnswer = { status: number; headers: Record<string, string>; body: string | Readable };

export function fromWebRequest(request: Request): PublicRequest {
  const { method, url, headers, signal } = request;
  const stream = request.body as import('node:stream/web').ReadableStream | null;
  const body = stream ? Readable.fromWeb(stream) : Readable.from([]);
  return { method, url, headers, body, address: addressIn(headers), signal };
}
