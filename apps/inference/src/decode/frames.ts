import type { Readable, Writable } from 'node:stream';

/** One message between the server and a decode child: JSON header and bytes. */
export type Frame = { header: Record<string, unknown>; bytes: Buffer };

/** Layout: u32 header length · u32 byte length · header JSON · bytes (little endian). */
export function writeFrame(
  stream: Writable,
  frame: { header: Record<string, unknown>; bytes: Uint8Array },
): void {
  const header = Buffer.from(JSON.stringify(frame.header));
  const head = Buffer.alloc(8);
  head.writeUInt32LE(header.length, 0);
  head.writeUInt32LE(frame.bytes.byteLength, 4);
  stream.write(Buffer.concat([head, header]));
  stream.write(frame.bytes);
}

/** Calls `visit` for each whole frame that arrives; frames larger than `bytesMax` end the stream. */
export function readFrames(stream: Readable, bytesMax: number, visit: (frame: Frame) => void): void {
  let chunks: Buffer[] = [];
  let size = 0;
  const take = (): boolean => {
    if (size < 8) return false;
    if ((chunks[0]?.length ?? 0) < 8) chunks = [Buffer.concat(chunks)];
    const first = chunks[0] as Buffer;
    const [headerLength, byteLength] = [first.readUInt32LE(0), first.readUInt32LE(4)];
    if (headerLength + byteLength > bytesMax) {
      stream.destroy(new Error('frame too large'));
      return false;
    }
    const total = 8 + headerLength + byteLength;
    if (size < total) return false;
    const all = chunks.length === 1 ? first : Buffer.concat(chunks, size);
    const header = JSON.parse(all.toString('utf8', 8, 8 + headerLength)) as Record<string, unknown>;
    const rest = all.subarray(total);
    chunks = rest.length > 0 ? [rest] : [];
    size = rest.length;
    visit({ header, bytes: all.subarray(8 + headerLength, total) });
    return true;
  };
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    while (take()) {
      // a chunk may end several frames
    }
  });
}
