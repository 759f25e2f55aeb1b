import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import iconv from 'iconv-lite';
import yauzl from 'yauzl';

type Entry = { name: string; entry: yauzl.Entry };
type Entries = { entries: Entry[]; refused: string[] };

/** What file managers leave beside pictures, and whatever is hidden (but not the steps `.` and `..` of a path). */
const PATHS_IGNORED = /(^|\/)(__MACOSX|Thumbs\.db|desktop\.ini|\.(?!\.?(\/|$))[^/]+)(\/|$)/i;
const PICTURE = /\.(jpe?g|jpe|jfif|png|webp|avif|gif|bmp|tiff?|heic|heif)$/i;

/** Pictures in a ZIP, by name; bytes are read one at a time and bounded. Nothing is ever written by an entry's path. */
export class ImageArchive {
  readonly #zip: yauzl.ZipFile;
  readonly #byPath = new Map<string, Entry>();
  readonly #byBase = new Map<string, Entry[]>();

  readonly #refused: string[];

  private constructor(zip: yauzl.ZipFile, { entries, refused }: Entries) {
    this.#zip = zip;
    this.#refused = refused;
    for (const entry of entries) {
      this.#byPath.set(keyOf(entry.name), entry);
      const base = keyOf(entry.name.split('/').at(-1) ?? '');
      this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), entry]);
    }
  }

  /** Errors: `invalid_archive` (broken, encrypted, too many entries, too much inside). */
  static async open(file: string): Promise<ImageArchive> {
    const zip = await openZip(file);
    try {
      return new ImageArchive(zip, await readEntries(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Names of everything that may be a picture, sorted. */
  pictures(): string[] {
    return [...this.#byPath.values()]
      .map((entry) => entry.name)
      .filter((name) => PICTURE.test(name))
      .sort();
  }

  /** Names of everything else: no format that we read. */
  others(): string[] {
    return [...this.#byPath.values()]
      .map((entry) => entry.name)
      .filter((name) => !PICTURE.test(name))
      .sort();
  }

  /** Names of what is not taken for its path or for being a link. */
  refused(): string[] {
    return this.#refused;
  }

  /** The entry's own name for an image cell: by path, then by unique base name; null when there is none. */
  resolve(name: string): string | 'ambiguous' | null {
    const wanted = keyOf(name.replaceAll('\\', '/').replace(/^(\.{0,2}\/)+/, ''));
    const exact = this.#byPath.get(wanted);
    if (exact) return exact.name;
    const same = this.#byBase.get(wanted.split('/').at(-1) ?? '') ?? [];
    if (same.length > 1) return 'ambiguous';
    return same[0]?.name ?? null;
  }

  /** Errors: `payload_too_large`, `invalid_archive`. */
  async read(name: string): Promise<Buffer> {
    const found = this.#byPath.get(keyOf(name));
    if (!found) throw new AppError('not_found');
    if (found.entry.uncompressedSize > LIMITS.imageBytesMax)
      throw new AppError('payload_too_large', {
        message: `An image may have ${LIMITS.imageBytesMax} bytes.`,
      });
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
      this.#zip.openReadStream(found.entry, (error, opened) =>
        error
          ? reject(new AppError('invalid_archive', { message: error.message, cause: error }))
          : resolve(opened),
      );
    });
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > LIMITS.imageBytesMax) throw new AppError('payload_too_large');
        chunks.push(chunk);
      }
    } catch (error) {
      throw error instanceof AppError
        ? error
        : new AppError('invalid_archive', { message: (error as Error).message, cause: error });
    }
    return Buffer.concat(chunks);
  }

  close(): void {
    this.#zip.close();
  }
}

/** Names are compared without regard to Unicode form (macOS writes NFD). */
const keyOf = (name: string): string => name.normalize('NFC');

function openZip(file: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(
      file,
      { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true },
      (error, zip) =>
        error
          ? reject(
              new AppError('invalid_archive', {
                message: `The archive cannot be read: ${error.message}`,
                cause: error,
              }),
            )
          : resolve(zip),
    );
  });
}

function readEntries(zip: yauzl.ZipFile): Promise<Entries> {
  const entries: Entry[] = [];
  const refused: string[] = [];
  const bounds = { unpacked: 0, packed: 1 };
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) =>
      reject(new AppError('invalid_archive', { message: error.message, cause: error })),
    );
    zip.on('end', () => resolve({ entries, refused }));
    zip.on('entry', (entry: yauzl.Entry) => {
      const problem = refuse(entry, entries.length, bounds);
      if (problem) return reject(new AppError('invalid_archive', { message: problem }));
      const name = decodeName(entry);
      const leads = name.split('/').includes('..') || name.startsWith('/') || isLink(entry);
      if (leads) refused.push(name);
      else if (!name.endsWith('/') && !PATHS_IGNORED.test(name)) entries.push({ name, entry });
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function refuse(
  entry: yauzl.Entry,
  count: number,
  bounds: { unpacked: number; packed: number },
): string | null {
  if (count >= LIMITS.archiveEntriesMax)
    return `The archive has more than ${LIMITS.archiveEntriesMax} entries.`;
  if (entry.isEncrypted()) return 'The archive is encrypted.';
  bounds.unpacked += entry.uncompressedSize;
  bounds.packed += entry.compressedSize;
  if (bounds.unpacked > 50_000_000 && bounds.unpacked / bounds.packed > LIMITS.archiveRatioMax)
    return `The archive unpacks to more than ${LIMITS.archiveRatioMax} times its size.`;
  return null;
}

/** Unix symbolic link in the external attributes. */
const isLink = (entry: yauzl.Entry): boolean =>
  ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

/** UTF-8 when the entry says so or its bytes are; else GBK, as Chinese Windows programs write. */
function decodeName(entry: yauzl.Entry): string {
  const raw = Buffer.from(entry.fileName as unknown as Uint8Array);
  const utf8 = raw.toString('utf8');
  const name =
    (entry.generalPurposeBitFlag & 0x800) !== 0 || !utf8.includes('\ufffd') ? utf8 : iconv.decode(raw, 'gbk');
  return name.replaceAll('\\', '/');
}
