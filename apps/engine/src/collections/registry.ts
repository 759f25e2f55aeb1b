import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { collectionNameSchema } from '@likeness/contracts/engine';
import { AppError } from '@likeness/contracts/errors';
import { Collection, type CollectionSettings } from './collection.ts';
import { DamagedFilesError } from './sealed-files.ts';

/** Folders that a crash left behind, and those set aside. */
const LEFTOVER = /^[a-z][a-z0-9_-]{2,99}\.(tmp|dropped|damaged)-\d+$/;

/** The collections of one data folder, opened when first asked for. */
export class Registry {
  readonly #dir: string;
  readonly #settings: CollectionSettings;
  readonly #open = new Map<string, Collection>();
  readonly #usedAt = new Map<string, number>();

  constructor(dir: string, settings: CollectionSettings) {
    this.#dir = dir;
    this.#settings = settings;
    mkdirSync(dir, { recursive: true });
    for (const name of readdirSync(dir)) {
      if (LEFTOVER.test(name)) rmSync(path.join(dir, name), { recursive: true, force: true });
    }
  }

  /** Errors: `invalid_request` for a name that is none, `conflict` when it exists with other dimensions. */
  create(name: string, dims: number): Collection {
    assertName(name);
    const existing = this.#find(name);
    if (existing && existing.dims !== dims)
      throw new AppError('conflict', { message: `${name} exists with ${existing.dims} dimensions.` });
    if (existing) return existing;
    const made = Collection.create(path.join(this.#dir, name), dims, this.#settings);
    this.#open.set(name, made);
    this.#usedAt.set(name, Date.now());
    return made;
  }

  /** Errors: `not_found`. */
  get(name: string): Collection {
    assertName(name);
    const found = this.#find(name);
    if (!found) throw new AppError('not_found', { message: `There is no collection ${name}.` });
    return found;
  }

  /**
   * Lets go of the memory of collections that nobody asked for since `before` (milliseconds of `Date.now`); the next
   * call opens them again. Gives their names.
   */
  closeIdle(before: number): string[] {
    const idle = [...this.#open.values()].filter(
      (each) => (this.#usedAt.get(each.name) ?? 0) < before && !each.sealing,
    );
    for (const collection of idle) {
      collection.close();
      this.#open.delete(collection.name);
    }
    return idle.map((collection) => collection.name);
  }

  list(): string[] {
    return readdirSync(this.#dir).filter((name) => existsSync(path.join(this.#dir, name, 'collection.json')));
  }

  drop(name: string): boolean {
    assertName(name);
    const folder = path.join(this.#dir, name);
    this.#open.get(name)?.close();
    this.#open.delete(name);
    this.#usedAt.delete(name);
    if (!existsSync(folder)) return false;
    const doomed = `${folder}.dropped-${Date.now()}`;
    renameSync(folder, doomed); // gone at once, whatever happens while its files are deleted
    rmSync(doomed, { recursive: true, force: true });
    return true;
  }

  #find(name: string): Collection | null {
    const open = this.#open.get(name) ?? this.#openFolder(path.join(this.#dir, name));
    if (!open) return null;
    this.#open.set(name, open);
    this.#usedAt.set(name, Date.now());
    return open;
  }

  /** Damaged files count as lost: the collection is set aside and built again by whoever asks for it. */
  #openFolder(folder: string): Collection | null {
    try {
      return Collection.open(folder, this.#settings);
    } catch (error) {
      if (!(error instanceof DamagedFilesError)) throw error;
      renameSync(folder, `${folder}.damaged-${Date.now()}`);
      return null;
    }
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
