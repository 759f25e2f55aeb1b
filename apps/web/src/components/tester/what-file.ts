/** First bytes (from `at` on) of files that people take for pictures. */
const KINDS: { kind: string; at: number; starts: string[] }[] = [
  { kind: 'PDF', at: 0, starts: ['%PDF'] },
  { kind: 'ZIP', at: 0, starts: ['PK\x03\x04'] },
  { kind: 'HEIC', at: 4, starts: ['ftypheic', 'ftypheix', 'ftypmif1', 'ftyphevc'] },
  { kind: 'MP4', at: 4, starts: ['ftypisom', 'ftypmp4', 'ftypqt'] },
  { kind: 'TIFF', at: 0, starts: ['II*\0', 'MM\0*'] },
  { kind: 'PSD', at: 0, starts: ['8BPS'] },
  { kind: 'BMP', at: 0, starts: ['BM'] },
  { kind: 'SVG', at: 0, starts: ['<svg', '<?xml'] },
  { kind: 'HTML', at: 0, starts: ['<!DOC', '<!doc', '<html'] },
];

/** What a file that is no picture says it is (its ending) and is (its first bytes); null where the bytes say nothing. */
export async function whatFile(file: File): Promise<{ says: string; is: string } | null> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 16).arrayBuffer());
  const found = KINDS.find(({ at, starts }) => starts.some((each) => head.startsWith(each, at)));
  return found ? { says: /\.[^.]{1,8}$/.exec(file.name)?.[0] ?? file.name, is: found.kind } : null;
}
