import { type FileHandle, open } from 'node:fs/promises';

export type Cell = string | number;

const CHUNK = 64 * 1024;

/** A cell as RFC 4180 has it: quoted when it holds a comma, a quote or the end of a line. */
const cell = (value: Cell): string =>
  /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

/**
 * A file written line by line in flat memory: what has not reached the disk is waited for. Lines end with a line
 * feed alone, as every reader takes it. A full or broken disk rejects the write that meets it.
 */
export class LineFile implements AsyncDisposable {
  readonly #file: string;
  readonly #handle: FileHandle;
  #waiting = '';

  private constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  static async create(file: string): Promise<LineFile> {
    return new LineFile(file, await open(file, 'w'));
  }

  async line(text: string): Promise<void> {
    this.#waiting += `${text}\n`;
    if (this.#waiting.length >= CHUNK) await this.#flush();
  }

  /** One record of a CSV file. */
  row(cells: readonly Cell[]): Promise<void> {
    return this.line(cells.map(cell).join(','));
  }

  json(value: unknown): Promise<void> {
    return this.line(JSON.stringify(value));
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#handle.close();
  }

  /** Frees the file after an error too; what was not written is lost with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    try {
      await this.#handle.appendFile(text);
    } catch (error) {
      throw Object.assign(error as Error, { path: this.#file }); // an open file's errors name none
    }
  }
}

/** A CSV file with its header. */
export async function createTable(file: string, header: readonly string[]): Promise<LineFile> {
  const table = await LineFile.create(file);
  await table.row(header);
  return table;
}
