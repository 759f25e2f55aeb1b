import type { Command } from 'commander';
import { catalogPath, finishJob, openSession } from '../globals.ts';
import { printJson } from '../output.ts';

type BuildOptions = { embed?: string; detect?: string; engine?: string; promote?: boolean };

/** `build`, `promote`, `rollback`: new versions, and which of them is live. */
export function addIndexCommands(program: Command): void {
  program
    .command('build <catalog>')
    .description('build a new index version')
    .option('--embed <model>', 'encoder')
    .option('--detect <model>', 'detector, or none for whole images')
    .option('--engine <engine>', 'embedded or opensearch')
    .option('--promote', 'make it live when it is ready')
    .action(async (catalog: string, options: BuildOptions, command: Command) => {
      const session = openSession(command);
      const { embed, detect, engine, promote } = options;
      const body = { embed, detect, engine, promote };
      await finishJob(session, await session.client.post(`${catalogPath(catalog)}/builds`, body));
    });
  program
    .command('promote <catalog>')
    .description('make an index version live')
    .requiredOption('--index <version>', 'index version')
    .action(async (catalog: string, options: { index: string }, command: Command) => {
      const { client } = openSession(command);
      printJson(await client.post(`${catalogPath(catalog)}/promote`, { index_version: options.index }));
    });
  program
    .command('rollback <catalog>')
    .description('make the version before live again')
    .action(async (catalog: string, _options, command: Command) => {
      printJson(await openSession(command).client.post(`${catalogPath(catalog)}/rollback`, {}));
    });
}
