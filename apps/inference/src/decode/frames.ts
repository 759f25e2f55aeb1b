import type { Readable, Writable } from 'node:stream';

/** One message between the server and a decode child: JSON header and bytes. */
export type Frame = { header: Record<string, unknown>; bytes: Buffer };

const HEAD = 8;

/** Layout: u32 header length · u32 byte length · header JSON · bytes (little endian). */
export function writeFrame(
  stream: Writable,
  frame: { header: Record<string, unknown>; bytes: Uint8Array },
): void {
  const json = JSON.stringify(frame.header);
  const length = Buffer.byteLength(json);
  const head = Buffer.allocUnsafe(HEAD + length);
  head.writeUInt32LE(length, 0);
  head.writeUInt32LE(frame.bytes.byteLength, 4);
  head.write(json, HEAD);
  stream.cork(); // one system call for both
  stream.write(head);
  stream.write(frame.bytes);
  stream.uncork();
}

/** Calls `visit` for each whole frame that arrives; frames larger than `bytesMax` end the stream. */
export function readFrames(stream: Readable, bytesMax: number, visit: (frame: Frame) => void): void {
  const head = Buffer.alloc(HEAD);
  let body: Buffer | null = null;
  let filled = 0; // of `body`, or of `head` while there is none
  const finish = (whole: Buffer): void => {
    const start = head.readUInt32LE(0);
    body = null;
    filled = 0;
    const header = JSON.parse(whole.toString('utf8', 0, start)) as Record<string, unknown>;
    visit({ header, bytes: whole.subarray(start) });
  };
  stream.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; ) {
      const target: Buffer = body ?? head;
      const copied = chunk.copy(target, filled, at);
      at += copied;
      filled += copied;
      if (filled < target.length) return;
      if (body) {
        finish(body);
        continue;
      }
      const size = head.readUInt32LE(0) + head.readUInt32LE(4);
      if (size > bytesMax) {
        stream.destroy(new Error('frame too large'));
        return;
      }
      body = Buffer.allocUnsafeSlow(size);
      filled = 0;
    }
  });
}
