import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { openSession } from '../globals.ts';
import { printJson } from '../output.ts';
import { openFile } from './import.ts';

export function addModelCommands(program: Command): void {
  const models = program.command('models').description('encoders and detectors');
  models
    .command('add <manifest>')
    .description('add the model that a manifest describes; `file` is absolute or relative to it')
    .action(async (manifestFile: string, _options, command: Command) => {
      const session = openSession(command);
      const manifest = await readManifest(manifestFile);
      const file = path.resolve(path.dirname(manifestFile), manifest.file);
      const form = new FormData();
      form.set('manifest', JSON.stringify({ ...manifest, file: path.basename(manifest.file) }));
      form.set('file', await openFile(file), path.basename(file));
      const added = await session.client.post<{ model_id: string }>('/v1/models', form);
      printJson({ model_id: added.model_id });
    });
  models
    .command('list')
    .description('models that a build may name')
    .action(async (_options, command: Command) => {
      const { models: list } = await openSession(command).client.get<{ models: unknown[] }>('/v1/models');
      printJson(list);
    });
}

async function readManifest(file: string): Promise<{ file: string }> {
  try {
    const manifest = JSON.parse(await readFile(file, 'utf8')) as { file?: unknown };
    if (typeof manifest.file !== 'string') throw new Error('it names no file');
    return manifest as { file: string };
  } catch (cause) {
    throw new CliError('usage', `${file} is not a model manifest: ${(cause as Error).message}`);
  }
}
