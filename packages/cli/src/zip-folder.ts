import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { CliError } from './cli-error.ts';

export type Archive = { file: string; remove(): Promise<void> };

/**
 * Packs pictures into a temporary ZIP without compression (they are compressed already).
 * @param only names to take, relative to `dir`; left out = every file below it
 */
export async function zipFolder(dir: string, only?: readonly string[]): Promise<Archive> {
  const names = only ?? (await filesBelow(dir));
  const entries = entriesOf(dir, names);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'likeness-zip-'));
  const file = path.join(folder, 'images.zip');
  const zip = new yazl.ZipFile();
  for (const [entry, source] of entries) zip.addFile(source, entry, { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Names of pictures that exist: by path below `dir`, else left to the server to report as missing. */
export async function existing(dir: string, names: Iterable<string>): Promise<string[]> {
  const unique = [...new Set(names)];
  const found = await Promise.all(
    unique.map(async (name) => (await isFile(path.resolve(dir, name))) && name),
  );
  const byPath = found.filter((name) => name !== false);
  const missing = new Set(unique.filter((_, i) => found[i] === false).map((name) => path.basename(name)));
  if (missing.size === 0) return byPath;
  // All of one base name, so that the server sees whether it is the only one.
  const byBase = (await filesBelow(dir)).filter((name) => missing.has(path.basename(name)));
  return [...new Set([...byPath, ...byBase])];
}

const isFile = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => null))?.isFile() ?? false;

/** Files by their names in the ZIP. Two files of one name would be taken for one another. */
function entriesOf(dir: string, names: readonly string[]): Map<string, string> {
  const entries = new Map<string, string>();
  for (const name of names) {
    const [entry, source] = [entryName(name), path.resolve(dir, name)];
    const other = entries.get(entry);
    if (other && other !== source)
      throw new CliError(
        'usage',
        `${other} and ${source} would both be sent as ${entry}. Name a folder that is above both with --images.`,
      );
    entries.set(entry, source);
  }
  return entries;
}

const entryName = (name: string): string =>
  path.isAbsolute(name) || name.startsWith('..')
    ? name.replace(/^(\.\.[/\\])+|^[/\\]+/, '')
    : name.split(path.sep).join('/');

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new CliError('usage', `--images ${dir}: ${cause.message}`);
  });
  const files: string[] = [];
  for (const entry of entries) {
    const full = path.join(entry.parentPath, entry.name);
    const name = path.relative(dir, full);
    // A link to a picture is the picture; folders behind links may lead in circles.
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(full)))) files.push(name);
    else if (entry.isSymbolicLink())
      process.stderr.write(`${name} is left out: it is a link, and not to a file\n`);
  }
  return files;
}
