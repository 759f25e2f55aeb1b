import { describe, expect, it } from 'vitest';
import { whatFile } from './what-file.ts';

const of = (bytes: string, name: string) => whatFile(new File([Buffer.from(bytes, 'latin1')], name));

describe('what a file is that is no picture', () => {
  it('says its ending and what its first bytes are', async () => {
    expect(await of('%PDF-1.4 hello', 'x.jpg')).toEqual({ says: '.jpg', is: 'PDF' });
    expect(await of('\0\0\0\x18ftypheic', 'IMG_1.HEIC')).toEqual({ says: '.HEIC', is: 'HEIC' });
    expect(await of('<svg xmlns', 'noending')).toEqual({ says: 'noending', is: 'SVG' });
  });

  it('says nothing of bytes that it does not know', async () => {
    expect(await of('hello', 'x.jpg')).toBeNull();
    expect(await of('', 'x.jpg')).toBeNull();
  });
});
