import type { Command } from 'commander';
import { openSession } from '../globals.ts';
import { printJson } from '../output.ts';
import type { JobAnswer } from '../wait-job.ts';

export function addUsageCommand(program: Command): void {
  program
    .command('usage')
    .description('billable units by meter, from the ledger')
    .option('--from <date>', 'first day or instant, UTC; left out: the first of this month')
    .option('--to <date>', 'last day, counted in whole, or an instant, exclusive')
    .action(async (options: { from?: string; to?: string }, command: Command) => {
      const query = new URLSearchParams(
        Object.entries(options).filter(([name]) => name === 'from' || name === 'to'),
      );
      printJson(await openSession(command).client.get(`/v1/usage?${query}`));
    });
}

export function addJobCommand(program: Command): void {
  program
    .command('job <id>')
    .description('state of a job')
    .action(async (id: string, _options, command: Command) => {
      const { state, progress, result, error } = await openSession(command).client.get<JobAnswer>(
        `/v1/jobs/${encodeURIComponent(id)}`,
      );
      printJson({
        state,
        progress,
        ...(result === undefined || result === null ? {} : { result }),
        ...(error ? { error } : {}),
      });
    });
}
