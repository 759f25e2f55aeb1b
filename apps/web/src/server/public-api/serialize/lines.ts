import { Readable } from 'node:stream';

/** A stream of JSON lines; the first line is awaited, so that an error still becomes an error answer. */
export async function lines(values: AsyncGenerator<unknown>): Promise<Readable> {
  const first = await values.next();
  return Readable.from(texts(first, values), { objectMode: false });
}

async function* texts(
  first: IteratorResult<unknown>,
  values: AsyncGenerator<unknown>,
): AsyncGenerator<Buffer> {
  try {
    for (let next = first; !next.done; next = await values.next())
      yield Buffer.from(`${JSON.stringify(next.value)}\n`);
  } finally {
    await values.return(undefined);
  }
}
