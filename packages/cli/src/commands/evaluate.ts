import { createWriteStream } from 'node:fs';
import { access, constants, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decodeTable, queryTableOptions } from '@likeness/contracts/table-text';
import { type Command, Option } from 'commander';
import { parse } from 'csv-parse/sync';
import { CliError } from '../cli-error.ts';
import { catalogPath, openSession, type Session } from '../globals.ts';
import { printJson } from '../output.ts';
import { waitJob } from '../wait-job.ts';
import { existing, zipFolder } from '../zip-folder.ts';
import { openFile } from './import.ts';

type EvaluateOptions = { queries: string; images?: string; index?: string; crop: string; details?: string };

/** `evaluate C --queries F.csv [--images DIR] [--index V] [--crop …] [--details OUT.jsonl]` */
export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate <catalog>')
    .description('measure an index version with query photos whose right products are known')
    .requiredOption('--queries <csv>', 'image,product_id[,variant_id][,groups][,x1,y1,x2,y2]')
    .option('--images <dir>', 'folder of the photos; left out: the folder of the CSV')
    .option('--index <version>', 'index version; left out: the live one')
    .addOption(
      new Option('--crop <how>', 'what to search in each photo')
        .choices(['auto', 'given', 'none'])
        .default('auto'),
    )
    .option('--details <file>', 'one JSON line a query')
    .action(async (catalog: string, options: EvaluateOptions, command: Command) => {
      await evaluate(openSession(command), catalog, options);
    });
}

async function evaluate(session: Session, catalog: string, options: EvaluateOptions): Promise<void> {
  if (options.details && !session.wait)
    throw new CliError('usage', '--details needs the answers: leave --no-wait out.');
  if (options.details) await assertWritable(path.dirname(options.details));
  const dir = options.images ?? path.dirname(options.queries);
  const archive = await zipFolder(dir, await existing(dir, await queryImages(options.queries)));
  let started: { job_id: string; evaluation_id: string };
  try {
    const form = new FormData();
    form.set('crop', options.crop);
    if (options.index) form.set('index_version', options.index);
    form.set('queries', await openFile(options.queries), path.basename(options.queries));
    form.set('images', await openFile(archive.file), 'images.zip');
    started = await session.client.post(`${catalogPath(catalog)}/evaluations`, form);
  } finally {
    await archive.remove();
  }
  if (!session.wait) return printJson({ job_id: started.job_id });
  const result = await waitJob(session.client, started.job_id);
  if (options.details)
    await saveDetails(
      session,
      `${catalogPath(catalog)}/evaluations/${started.evaluation_id}/details`,
      options.details,
    );
  printJson(result);
}

/** Before the work, not after it. */
async function assertWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch((cause) => {
    throw new CliError('usage', `--details: ${(cause as Error).message}`);
  });
}

async function queryImages(csv: string): Promise<string[]> {
  try {
    const table = decodeTable(await readFile(csv));
    const rows = parse(table, queryTableOptions(table)) as Record<string, string>[];
    return rows.map((row) => row.image ?? '').filter(Boolean);
  } catch (cause) {
    throw new CliError('usage', `${csv} cannot be read as CSV: ${(cause as Error).message}`);
  }
}

async function saveDetails(session: Session, route: string, file: string): Promise<void> {
  const { body } = await session.client.stream(route);
  if (!body) throw new CliError('internal', 'The details have no body.');
  await pipeline(
    Readable.fromWeb(body as import('node:stream/web').ReadableStream),
    createWriteStream(`${file}.part`),
  );
  await rename(`${file}.part`, file);
}
