import { getSystemErrorMessage } from 'node:util';
import { FolderRefused, makeRoom } from '../write/sample-folder.ts';
import { type WriteOptions, writeSample } from '../write/write-sample.ts';
import { type Flags, readFlags, WrongUsage } from './flags.ts';
import { HELP } from './help.ts';
import { ProgressLine } from './progress.ts';

type Streams = { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream };

/** The command `sample-data`; gives its exit code. */
export async function runCommand(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const tell = (message: string): void => void stderr.write(`sample-data: ${message}\n`);
  try {
    const flags = readFlags(args);
    if (flags === 'help') {
      stdout.write(HELP);
      return 0;
    }
    const counts = await make(flags, { stderr, tell });
    stdout.write(`${JSON.stringify(counts)}\n`);
    return 0;
  } catch (error) {
    const wrong = error instanceof WrongUsage || error instanceof FolderRefused;
    tell(error instanceof WrongUsage ? `${error.message} (--help shows all flags)` : describe(error));
    return wrong ? 2 : 1;
  }
}

async function make(
  flags: Flags,
  to: { stderr: NodeJS.WriteStream; tell: (message: string) => void },
): Promise<Record<string, number>> {
  const began = performance.now();
  const progress = new ProgressLine(to.stderr);
  const options: WriteOptions = {
    products: flags.products,
    seed: flags.seed,
    out: flags.out,
    size: flags.size,
    catalogViews: flags.views,
    streetPhotos: flags.street,
    shoppers: flags.shoppers,
    wrongClicks: flags.wrongClicks,
    days: flags.days,
    threads: flags.threads,
    preview: flags.preview,
    onProgress: (each) => progress.report(each),
  };
  const stop = (signal: NodeJS.Signals): void => {
    progress.end();
    const { done } = progress.last;
    to.tell(
      `interrupted after ${done} of ${flags.products} products; ${flags.out} is unfinished, the same command again makes it anew`,
    );
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const found = await makeRoom(options, flags);
    if (found !== 'new') to.tell(`remaking the sample in ${flags.out}`);
    const counts = await writeSample(options);
    return { ...counts, seconds: Math.round(performance.now() - began) / 1000 };
  } catch (error) {
    progress.end();
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** A disk's or system's error as one line that names the file; of any other the first line. */
function describe(error: unknown): string {
  const { errno, code, path, message } = error as NodeJS.ErrnoException;
  if (code === undefined || errno === undefined) return (message ?? String(error)).split('\n')[0] as string;
  return `${path ? `${path}: ` : ''}${getSystemErrorMessage(errno) ?? message} (${code})`;
}
