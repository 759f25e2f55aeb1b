import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import { addCatalogCommands } from './commands/catalog.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addImportCommand } from './commands/import.ts';
import { addIndexCommands } from './commands/index-versions.ts';
import { addModelCommands } from './commands/models.ts';
import { addSearchCommand } from './commands/search.ts';
import { addKeyCommands, addTenantCommands } from './commands/tenant.ts';
import { addJobCommand, addUsageCommand } from './commands/usage.ts';
import { printJson } from './output.ts';

const program = new Command('likeness')
  .description('Visual product search from the command line: a thin client of REST v1.')
  .option('--tenant <id|name>', 'workspace; left out: the default one')
  .option('--no-wait', 'answer {job_id} at once instead of waiting for the job')
  .exitOverride();
addTenantCommands(program);
addKeyCommands(program);
addCatalogCommands(program);
addImportCommand(program);
addModelCommands(program);
addIndexCommands(program);
addEvaluateCommand(program);
addSearchCommand(program);
addUsageCommand(program);
addJobCommand(program);

try {
  await acceptGlobalsAnywhere(program).parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}

/** `--tenant` and `--no-wait` may stand before or after the command's name. */
function acceptGlobalsAnywhere(command: Command): Command {
  for (const child of command.commands) {
    child
      .option('--tenant <id|name>', 'workspace')
      .option('--no-wait', 'do not wait for the job')
      .exitOverride();
    acceptGlobalsAnywhere(child);
  }
  return command;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const message =
      error.code === 'commander.help' ? 'Name a command.' : error.message.replace(/^error: /, '');
    printJson(new CliError('usage', message, 'See likeness --help.'));
    return 2;
  }
  if (error instanceof CliError) {
    printJson(error);
    return error.exitCode;
  }
  printJson(new CliError('internal', error instanceof Error ? error.message : String(error)));
  return 1;
}
