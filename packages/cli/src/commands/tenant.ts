import { SCOPES } from '@likeness/contracts/scopes';
import { type Command, InvalidArgumentError } from 'commander';
import { openSession } from '../globals.ts';
import { printJson } from '../output.ts';

export function addTenantCommands(program: Command): void {
  const tenant = program.command('tenant').description('workspaces of this installation');
  tenant
    .command('create <name>')
    .description('make a workspace')
    .action(async (name: string, _options, command: Command) => {
      printJson(await openSession(command).client.post('/v1/tenants', { name }));
    });
}

export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('API keys');
  key
    .command('create')
    .description('make an API key; it is shown once')
    .option('--scopes <list>', 'scopes joined by commas, or all', toScopes, 'all' as const)
    .option('--name <name>', 'what it is for', 'command line')
    .action(async (options: { scopes: 'all' | string[]; name: string }, command: Command) => {
      const made = await openSession(command).client.post<{ api_key: string }>('/v1/keys', {
        name: options.name,
        scopes: options.scopes,
      });
      printJson({ api_key: made.api_key });
    });
}

function toScopes(text: string): 'all' | string[] {
  if (text === 'all') return 'all';
  const scopes = text.split(',').map((scope) => scope.trim());
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is no scope; there are all, ${SCOPES.join(', ')}.`);
  return scopes;
}
