import type { Command } from 'commander';
import { catalogPath, finishJob, openSession } from '../globals.ts';

/** `catalog delete C` */
export function addCatalogCommands(program: Command): void {
  program
    .command('catalog')
    .description('catalogs of a workspace')
    .command('delete <catalog>')
    .description('delete a catalog with its goods, index versions and test sets; the ledger stays')
    .action(async (catalog: string, _options, command: Command) => {
      const session = openSession(command);
      await finishJob(session, await session.client.delete(catalogPath(catalog)));
    });
}
