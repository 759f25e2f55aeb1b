import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { catalogPath, finishJob, openSession } from '../globals.ts';
import { type Archive, zipFolder } from '../zip-folder.ts';

type ImportOptions = { csv?: string; images?: string; map?: string };

/** `import C (--csv F [--images DIR|ZIP] [--map …] | --images DIR)` */
export function addImportCommand(program: Command): void {
  program
    .command('import <catalog>')
    .description('bring products and pictures in; importing again updates')
    .option('--csv <file>', 'CSV or JSON lines')
    .option('--images <dir|zip>', 'folder or ZIP of pictures')
    .option('--map <pairs>', 'product_id=COL,image=COL,title=COL,category=COL,price=COL,attr.X=COL')
    .action(async (catalog: string, options: ImportOptions, command: Command) => {
      if (!options.csv && !options.images) throw new CliError('usage', 'Give --csv, --images, or both.');
      const session = openSession(command);
      const { form, archive } = await importForm(options);
      try {
        await finishJob(session, await session.client.post(`${catalogPath(catalog)}/imports`, form));
      } finally {
        await archive?.remove();
      }
    });
}

async function importForm(options: ImportOptions): Promise<{ form: FormData; archive: Archive | null }> {
  const form = new FormData();
  form.set('mapping', JSON.stringify(parseMapping(options.map)));
  if (options.csv) form.set('table', await openFile(options.csv), path.basename(options.csv));
  if (!options.images) return { form, archive: null };
  const info = await stat(options.images).catch(() => null);
  if (!info) throw new CliError('usage', `--images ${options.images} does not exist.`);
  const archive = info.isDirectory() ? await zipFolder(options.images) : null;
  if (archive) form.set('folders', 'exact');
  form.set('images', await openFile(archive?.file ?? options.images), 'images.zip');
  return { form, archive };
}

/** `a=B,c=D` → `{a:'B', c:'D'}`; a name on the left is ours, on the right the table's. */
export function parseMapping(text: string | undefined): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const pair of text?.split(',') ?? []) {
    const at = pair.indexOf('=');
    if (at < 1) throw new CliError('usage', `--map: "${pair}" is not FIELD=COLUMN.`);
    const [field, column] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    mapping[field] = mapping[field] ? `${mapping[field]}|${column}` : column;
  }
  return mapping;
}

export async function openFile(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file); // throws at once for a file that is not there
  } catch {
    throw new CliError('usage', `${file} cannot be read.`);
  }
}
