import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CliError } from './cli-error.ts';

export type Connection = {
  url: string;
  headers: Record<string, string>;
  /** True when an API key, and with it a tenant, is fixed by the environment. */
  keyed: boolean;
};

/**
 * Finds the product: `LIKENESS_URL` + `LIKENESS_API_KEY`, or the running copy whose address and operator
 * token lie in `LIKENESS_DATA` (default `.likeness` in the folder the command is called from).
 */
export function connect(tenant: string | undefined): Connection {
  const { LIKENESS_URL: url, LIKENESS_API_KEY: key } = process.env;
  if (key) {
    if (tenant)
      throw new CliError('usage', '--tenant is refused: the key in LIKENESS_API_KEY names the tenant.');
    const found = url ?? readRunning().url;
    return { url: found, headers: { authorization: `Bearer ${key}` }, keyed: true };
  }
  const running = readRunning();
  const headers: Record<string, string> = { authorization: `Bearer ${running.operator_token}` };
  if (tenant) headers['likeness-tenant'] = tenant;
  return { url: url ?? running.url, headers, keyed: false };
}

function readRunning(): { url: string; operator_token: string } {
  const data = process.env.LIKENESS_DATA || path.join(process.env.INIT_CWD ?? process.cwd(), '.likeness');
  try {
    return JSON.parse(readFileSync(path.join(data, 'run.json'), 'utf8'));
  } catch {
    throw new CliError(
      'not_running',
      `No running copy is known in ${data}.`,
      'Start one with npm start, or set LIKENESS_DATA, or LIKENESS_URL and LIKENESS_API_KEY.',
    );
  }
}
