import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { isStorable } from '@likeness/contracts/storable-text';

/** True when the address is text that an id, a name or a search could be: no broken percent sign, no NUL, no half of a character. */
export function isPlainAddress(url: string | undefined): boolean {
  try {
    return isStorable(decodeURIComponent(url ?? '/'));
  } catch {
    return false;
  }
}

/** Nothing of ours has such an address; Next would answer some of them with a fault. */
export function refuseBrokenAddress(response: ServerResponse<IncomingMessage>): void {
  const { status, body } = toErrorBody(new AppError('not_found'), newId('request'));
  response.writeHead(status, { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' });
  response.end(JSON.stringify(body));
}
