import { GraphError } from '../graph/graph-error.ts';

/** One field of a protobuf message: its own bytes, and its content when it is length-delimited. */
export interface WireField {
  number: number;
  whole: Uint8Array;
  content: Uint8Array;
}

/** Splits a protobuf message into its fields without interpreting them (wire types 0, 1, 2 and 5). */
export function readFields(message: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  while (at < message.length) {
    const begin = at;
    const tag = readVarint(message, at);
    const head = readLength(message, { at: tag.next, wire: tag.value & 7 });
    at = head.start + head.length;
    if (at > message.length) throw new GraphError('not_a_model', 'a field reaches past the end of the file');
    fields.push({
      number: tag.value >>> 3,
      whole: message.subarray(begin, at),
      content: message.subarray(head.start, at),
    });
  }
  return fields;
}

function readLength(
  message: Uint8Array,
  field: { at: number; wire: number },
): { start: number; length: number } {
  if (field.wire === 0) return { start: field.at, length: readVarint(message, field.at).next - field.at };
  if (field.wire === 1) return { start: field.at, length: 8 };
  if (field.wire === 5) return { start: field.at, length: 4 };
  if (field.wire !== 2) throw new GraphError('not_a_model', `wire type ${field.wire} is not protobuf`);
  const length = readVarint(message, field.at);
  return { start: length.next, length: length.value };
}

function readVarint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  let factor = 1;
  for (let at = start; at < Math.min(bytes.length, start + 10); at++) {
    const byte = bytes[at]!;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, next: at + 1 };
    factor *= 128;
  }
  throw new GraphError('not_a_model', 'a number runs past its end');
}

/** Tag, length and content of a length-delimited field. */
export function lengthDelimited(number: number, content: Uint8Array): Uint8Array {
  return joinBytes([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

export function joinBytes(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
