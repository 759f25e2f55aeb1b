/** A stream of JSON lines; the first line is awaited, so that an error still becomes an error answer. */
export async function lines(values: AsyncGenerator<unknown>): Promise<Response> {
  const encoder = new TextEncoder();
  let next = await values.next();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
      next = await values.next();
    },
    cancel: async () => {
      await values.return(undefined);
    },
  });
  return new Response(stream, { headers: { 'content-type': 'application/x-ndjson' } });
}
