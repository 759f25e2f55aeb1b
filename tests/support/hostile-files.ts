import { readFileSync } from 'node:fs';
import { shared } from './shared-data.ts';

export type HostileFile = { file: string; expected: 'accept' | 'reject' | 'either'; bytes(): Buffer };

/** The hostile pictures of ../shared with what a loader must say of each. */
export function hostileFiles(): HostileFile[] {
  const rows = readFileSync(shared('data/hostile/manifest.csv'), 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const cells = row.match(/("[^"]*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? [];
    const [file = '', , , , , expected = ''] = cells;
    return {
      file,
      expected: expected as HostileFile['expected'],
      bytes: () => readFileSync(shared('data/hostile', file)),
    };
  });
}
