import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { TableEncoding } from '@likeness/contracts/table-text';
import iconv from 'iconv-lite';

const PROBE_BYTES = 256 * 1024;
/** Characters of a line beyond which it is no row of a table: what follows is passed over, so that memory stays flat. */
export const LINE_MAX = 1024 * 1024;

/** The first bytes of a file, and whether there are more. */
export async function readStart(file: string): Promise<{ bytes: Buffer; isCut: boolean }> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, 0);
    const { size } = await handle.stat();
    return { bytes: buffer.subarray(0, bytesRead), isCut: size > bytesRead };
  } finally {
    await handle.close();
  }
}

/**
 * The text's lines with their ends (LF, CRLF, or CR where the start has nothing else); the byte order mark is taken off. Of a
 * line longer than `LINE_MAX` only the start comes, one character longer than that.
 */
export async function* linesOf(
  file: string,
  how: { encoding: TableEncoding; start: string },
): AsyncGenerator<string> {
  const end = how.start.includes('\n') || !how.start.includes('\r') ? '\n' : '\r';
  let rest = '';
  const chunks = createReadStream(file).pipe(iconv.decodeStream(how.encoding));
  for await (const chunk of chunks as AsyncIterable<string>) {
    const text = rest + chunk;
    let from = 0;
    for (let at = text.indexOf(end); at !== -1; at = text.indexOf(end, from)) {
      yield cut(text.slice(from, at + 1));
      from = at + 1;
    }
    rest = cut(text.slice(from));
  }
  if (rest) yield rest;
}

const cut = (line: string): string => (line.length > LINE_MAX ? line.slice(0, LINE_MAX + 1) : line);
