import type { Command } from 'commander';
import { type Client, createClient } from './client.ts';
import { type Connection, connect } from './connection.ts';
import { printJson } from './output.ts';
import { waitJob } from './wait-job.ts';

export type Session = { client: Client; connection: Connection; wait: boolean };

/** Client and switches that every command shares; they may stand before or after the command's name. */
export function openSession(command: Command): Session {
  const given = [...lineage(command)].map((each) => each.opts<{ tenant?: string; wait?: boolean }>());
  const connection = connect(given.map((each) => each.tenant).find((tenant) => tenant !== undefined));
  return { client: createClient(connection), connection, wait: given.every((each) => each.wait !== false) };
}

function* lineage(command: Command): Generator<Command> {
  for (let each: Command | null = command; each; each = each.parent) yield each;
}

/** Waits for the job and prints its result, or with `--no-wait` prints `{job_id}` at once. */
export async function finishJob(session: Session, started: { job_id: string }): Promise<void> {
  printJson(session.wait ? await waitJob(session.client, started.job_id) : { job_id: started.job_id });
}

export const catalogPath = (catalog: string): string => `/v1/catalogs/${encodeURIComponent(catalog)}`;
