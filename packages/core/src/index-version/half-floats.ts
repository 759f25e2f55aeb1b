/** Vectors of record are kept as fp16, little endian: half the room, and the same bytes on every machine. */
export function toHalfBytes(vector: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Float16Array.from(vector).buffer);
}

/** Back to unit length: rounding moves the norm by some 1e-4. */
export function fromHalfBytes(bytes: Uint8Array): Float32Array {
  const halves = new Float16Array(bytes.slice().buffer);
  const vector = Float32Array.from(halves);
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares) || 1;
  return vector.map((value) => value / norm);
}
