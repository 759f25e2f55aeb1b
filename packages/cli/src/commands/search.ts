import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { openSession } from '../globals.ts';
import { printJson } from '../output.ts';
import { openFile } from './import.ts';

type SearchOptions = {
  image?: string;
  imageId?: string;
  product?: string;
  box?: number[];
  point?: number[];
  crop?: string;
  limit?: number;
};

/** `search C (--image F | --image-id I | --product P) [--box …|--point …] [--crop auto|none] [--limit n]` */
export function addSearchCommand(program: Command): void {
  program
    .command('search <catalog>')
    .description('search the live index by a photo')
    .option('--image <file>', 'photo')
    .option('--image-id <id>', 'photo of an earlier search')
    .option('--product <id>', 'main picture of a product')
    .option('--box <x1,y1,x2,y2>', 'what to search, as fractions of the upright image', numbers(4))
    .option('--point <x,y>', 'a point on what to search', numbers(2))
    .addOption(new Option('--crop <how>', 'detect and crop, or the whole image').choices(['auto', 'none']))
    .option('--limit <n>', 'number of products', wholeNumber)
    .action(async (catalog: string, options: SearchOptions, command: Command) => {
      const sources = [options.image, options.imageId, options.product].filter(Boolean);
      if (sources.length !== 1) throw new CliError('usage', 'Give one of --image, --image-id, --product.');
      printJson(await openSession(command).client.post('/v1/search', await searchForm(catalog, options)));
    });
}

async function searchForm(catalog: string, options: SearchOptions): Promise<FormData> {
  const form = new FormData();
  form.set('catalog', catalog);
  if (options.box) form.set('box', options.box.join(','));
  if (options.point) form.set('point', options.point.join(','));
  if (options.crop) form.set('crop', options.crop);
  if (options.limit !== undefined) form.set('limit', String(options.limit));
  if (options.imageId) form.set('image_id', options.imageId);
  if (options.product) form.set('product_id', options.product);
  if (options.image) form.set('image', await openFile(options.image), path.basename(options.image));
  return form;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}

function numbers(count: number): (text: string) => number[] {
  return (text) => {
    const values = text.split(',').map((part) => (part.trim() ? Number(part) : Number.NaN));
    if (values.length !== count || values.some((value) => !Number.isFinite(value))) {
      throw new InvalidArgumentError(`${count} numbers joined by commas are needed.`);
    }
    return values;
  };
}
