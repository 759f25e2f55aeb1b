import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { collectionNameSchema } from '@likeness/contracts/engine';
import { AppError } from '@likeness/contracts/errors';
import { Collection } from './collection.ts';

/** The collections of one data folder, opened when first asked for. */
export class Registry {
  readonly #dir: string;
  readonly #threads: number;
  readonly #open = new Map<string, Collection>();

  constructor(dir: string, threads: number) {
    this.#dir = dir;
    this.#threads = threads;
    mkdirSync(dir, { recursive: true });
    for (const name of readdirSync(dir)) {
      if (name.includes('.')) rmSync(path.join(dir, name), { recursive: true, force: true }); // torn creates and drops
    }
  }

  /** Errors: `invalid_request` for a name that is none, `conflict` when it exists with other dimensions. */
  create(name: string, dims: number): Collection {
    assertName(name);
    const existing = this.#find(name);
    if (existing && existing.dims !== dims)
      throw new AppError('conflict', { message: `${name} exists with ${existing.dims} dimensions.` });
    if (existing) return existing;
    const made = Collection.create(path.join(this.#dir, name), dims, this.#threads);
    this.#open.set(name, made);
    return made;
  }

  /** Errors: `not_found`. */
  get(name: string): Collection {
    assertName(name);
    const found = this.#find(name);
    if (!found) throw new AppError('not_found', { message: `There is no collection ${name}.` });
    return found;
  }

  list(): string[] {
    return readdirSync(this.#dir).filter((name) => existsSync(path.join(this.#dir, name, 'collection.json')));
  }

  drop(name: string): boolean {
    assertName(name);
    const folder = path.join(this.#dir, name);
    this.#open.get(name)?.close();
    this.#open.delete(name);
    if (!existsSync(folder)) return false;
    const doomed = `${folder}.dropped-${Date.now()}`;
    renameSync(folder, doomed); // gone at once, whatever happens while its files are deleted
    rmSync(doomed, { recursive: true, force: true });
    return true;
  }

  #find(name: string): Collection | null {
    const open = this.#open.get(name) ?? Collection.open(path.join(this.#dir, name), this.#threads);
    if (open) this.#open.set(name, open);
    return open;
  }
}

function assertName(name: string): void {
  if (!collectionNameSchema.safeParse(name).success) {
    throw new AppError('invalid_request', {
      message: 'That is not the name of a collection.',
      hint: 'Use a-z, 0-9, _ and -, at least 3 characters.',
    });
  }
}
