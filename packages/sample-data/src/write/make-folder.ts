import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` tries for ever where a folder that is there
 * says of a new one inside it that it does not exist, as /proc does. `mode`: of those that are made. Errors: those of the
 * file system.
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  const refused = await mkdir(folder, { mode }).catch((error: NodeJS.ErrnoException) => error);
  if (!(refused instanceof Error) || refused.code === 'EEXIST') return;
  const above = path.dirname(folder);
  if (refused.code !== 'ENOENT' || above === folder || (await stat(above).catch(() => null))) throw refused;
  await makeFolder(above, mode);
  return makeFolder(folder, mode);
}
