/** Joins a JSON header and float32 vectors into one frame (layout: see `engine.ts`). */
export function encodeFrame(header: unknown, vectors: Float32Array): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const start = 4 + Math.ceil(json.length / 4) * 4;
  const frame = Buffer.alloc(start + vectors.byteLength);
  frame.writeUInt32LE(json.length, 0);
  json.copy(frame, 4);
  Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength).copy(frame, start);
  return frame;
}

/** Takes a frame apart; throws `RangeError` when its lengths do not fit. */
export function decodeFrame(frame: Buffer): { header: unknown; vectors: Float32Array } {
  if (frame.length < 4) throw new RangeError('the frame is shorter than its length field');
  const length = frame.readUInt32LE(0);
  const start = 4 + Math.ceil(length / 4) * 4;
  if (start > frame.length || (frame.length - start) % 4 !== 0) throw new RangeError('the frame is cut');
  const header: unknown = JSON.parse(frame.toString('utf8', 4, 4 + length));
  const vectors = new Float32Array((frame.length - start) / 4);
  frame.copy(Buffer.from(vectors.buffer), 0, start);
  return { header, vectors };
}
