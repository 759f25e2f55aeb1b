import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipFolder } from './zip-folder.ts';

describe('pictures of a table as one ZIP', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-zip-test-'));
  const inside = path.join(folder, 'table');
  beforeAll(() => {
    for (const each of ['a', 'table/a']) {
      mkdirSync(path.join(folder, each), { recursive: true });
      writeFileSync(path.join(folder, each, 'x.jpg'), each);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes one file under two spellings once', async () => {
    const archive = await zipFolder(inside, ['../a/x.jpg', path.join(folder, 'a/x.jpg')]);
    expect(existsSync(archive.file)).toBe(true);
    await archive.remove();
  });

  it('refuses two files that would have one name: one would be taken for the other', async () => {
    await expect(zipFolder(inside, ['a/x.jpg', '../a/x.jpg'])).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('would both be sent as a/x.jpg'),
    });
  });
});
