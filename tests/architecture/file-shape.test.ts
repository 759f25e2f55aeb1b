import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs|css)$/.test(file) && !/(\.d\.ts$|\/generated\/)/.test(file))
  .filter((file) => file && fileExists(file));

function fileExists(file: string): boolean {
  try {
    readFileSync(path.join(root, file));
    return true;
  } catch {
    return false; // deleted, not yet committed
  }
}

const source = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const offenders = (test: (file: string) => boolean): string[] => files.filter(test);

describe('every source file', () => {
  it('has at most 400 lines', () => {
    expect(offenders((file) => source(file).split('\n').length > 401)).toEqual([]);
  });

  it('has a name that says something', () => {
    const empty = /(^|\/)(utils?|helpers?|misc|common|managers?)(\/|\.(ts|tsx|mjs)$)/;
    expect(offenders((file) => empty.test(file))).toEqual([]);
  });

  it('is no barrel across folders', () => {
    const barrel = (file: string): boolean =>
      /(^|\/)index\.(ts|tsx)$/.test(file) && /^export \* from|^export \{[^}]*\} from/m.test(source(file));
    expect(offenders(barrel)).toEqual([]);
  });

  it('is finished: no note of work left to do', () => {
    const words = new RegExp(
      `\\b(${['TO', 'FIX'].join('DO|')}ME|not implemented|placeholder implementation)\\b`,
    );
    expect(offenders((file) => !file.endsWith('file-shape.test.ts') && words.test(source(file)))).toEqual([]);
  });

  it('names no folder of one machine', () => {
    const machine = /(^|[^A-Za-z0-9_./-])\/(work|farm|root)\/[A-Za-z.]/m;
    expect(offenders((file) => machine.test(source(file)))).toEqual([]);
  });

  it('mocks no module of ours', () => {
    const mock = new RegExp(`vi\\.${'mock'}\\(`);
    expect(offenders((file) => mock.test(source(file)))).toEqual([]);
  });
});
