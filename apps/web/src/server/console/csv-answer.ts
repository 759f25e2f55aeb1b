import { csvCell } from '@likeness/contracts/csv-cell';

/** A table as a download, written line by line while its rows are read. */
export function csvAnswer(
  file: string,
  header: readonly string[],
  rows: AsyncGenerator<readonly unknown[]>,
): Response {
  const encoder = new TextEncoder();
  const line = (cells: readonly unknown[]): Uint8Array =>
    encoder.encode(`${cells.map(csvCell).join(',')}\r\n`);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(line(header)),
    pull: async (controller) => {
      const { value, done } = await rows.next();
      if (done) controller.close();
      else controller.enqueue(line(value));
    },
    cancel: async () => {
      await rows.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
    },
  });
}
