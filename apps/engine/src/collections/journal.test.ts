import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal, type JournalEntry } from './journal.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-journal-'));
  file = path.join(folder, 'journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entry = (n: number): JournalEntry => ({
  header: { n },
  vectors: Float32Array.from({ length: n }, (_, i) => i),
});
const read = (): number[] => {
  const seen: number[] = [];
  const journal = Journal.open(file, ({ header, vectors }) => {
    const { n } = header as { n: number };
    expect(vectors).toHaveLength(n);
    seen.push(n);
  });
  journal.close();
  return seen;
};

describe('the journal', () => {
  it('gives back every append in its order, also those made at the same time', async () => {
    const journal = Journal.open(file, () => {});
    await Promise.all(Array.from({ length: 50 }, (_, n) => journal.append(entry(n))));
    journal.close();
    expect(read()).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('cut at any byte, keeps every whole record before it, and takes new ones behind them', async () => {
    const journal = Journal.open(file, () => {});
    const ends: number[] = [];
    for (let n = 0; n < 4; n++) {
      await journal.append(entry(n));
      ends.push(journal.size);
    }
    journal.close();
    const whole = readFileSync(file);
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length));
      const kept = ends.filter((end) => end <= length).length;
      const again = Journal.open(file, () => {});
      await again.append(entry(9));
      again.close();
      expect(read()).toEqual([...Array.from({ length: kept }, (_, n) => n), 9]);
    }
  });

  it('a record with a changed byte is not believed, nor what follows it', async () => {
    const journal = Journal.open(file, () => {});
    for (let n = 1; n < 4; n++) await journal.append(entry(n));
    journal.close();
    const bytes = readFileSync(file);
    bytes[bytes.length - 2] = 0xff ^ (bytes[bytes.length - 2] ?? 0);
    writeFileSync(file, bytes);
    expect(read()).toEqual([1, 2]);
  });

  it('a cut keeps what was appended behind the mark', async () => {
    const journal = Journal.open(file, () => {});
    await journal.append(entry(1));
    const mark = journal.size;
    await journal.append(entry(2));
    await journal.append(entry(3));
    journal.cut(mark);
    journal.close();
    expect(read()).toEqual([2, 3]);
  });

  it('closed, it refuses writes; those under way still reach the disk', async () => {
    const journal = Journal.open(file, () => {});
    const written = [journal.append(entry(1)), journal.append(entry(2))];
    journal.close();
    expect(() => journal.append(entry(3))).toThrow(/dropped/);
    await Promise.all(written);
    expect(read()).toEqual([1, 2]);
  });
});
