import { Worker } from 'node:worker_threads';
import { AppError } from '@likeness/contracts/errors';
import type { Collection } from '../collections/collection.ts';
import type { CollectionState } from '../search/attached.ts';
import type { SearchOutcome, SearchTask } from '../search/run-search.ts';
import type { ThreadAnswer, ThreadRequest } from './search-thread.ts';

type Waiting = { resolve(outcome: SearchOutcome): void; reject(error: Error): void };
type Thread = { worker: Worker; waiting: Map<number, Waiting>; attached: Map<string, number> };

/** Searches that may wait for one thread before more are refused. */
const WAITING_MAX = 512;

/** Search threads; each task goes to the one with the fewest waiting. A thread that dies is replaced. */
export class SearchPool {
  readonly #threads: Thread[];
  #nextId = 1;
  #closing = false;

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, (_, thread) => this.#start(thread));
  }

  /** Errors: `overloaded` at once when too many wait, `engine_unavailable` when the thread dies. */
  run(collection: Collection, task: SearchTask): Promise<SearchOutcome> {
    const thread = this.#threads.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    if (thread.waiting.size >= WAITING_MAX) throw new AppError('overloaded', { retryAfterSeconds: 1 });
    const generation = generationOf(collection);
    const known = thread.attached.get(collection.name) === generation.number;
    thread.attached.set(collection.name, generation.number);
    const id = this.#nextId++;
    const request: ThreadRequest = {
      id,
      collection: collection.name,
      state: known ? null : generation.state(),
      task,
    };
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      thread.worker.postMessage(request);
    });
  }

  /** Lets go of a dropped collection's memory and files. */
  forget(name: string): void {
    for (const thread of this.#threads) {
      if (!thread.attached.delete(name)) continue;
      const request: ThreadRequest = { id: 0, collection: name, state: null, task: null };
      thread.worker.postMessage(request);
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#threads.map((thread) => thread.worker.terminate()));
  }

  #start(number: number): Thread {
    const worker = new Worker(new URL('./search-thread.ts', import.meta.url), {
      workerData: { thread: number },
    });
    const thread: Thread = { worker, waiting: new Map(), attached: new Map() };
    worker.on('message', ({ id, outcome, error }: ThreadAnswer) => {
      const waiting = thread.waiting.get(id);
      thread.waiting.delete(id);
      if (outcome) waiting?.resolve(outcome);
      else waiting?.reject(new Error(error ?? 'search failed'));
    });
    worker.on('error', () => {});
    worker.on('exit', () => {
      for (const waiting of thread.waiting.values())
        waiting.reject(new AppError('engine_unavailable', { retryAfterSeconds: 1 }));
      if (!this.#closing) this.#threads[number] = this.#start(number);
    });
    return thread;
  }
}

/** Which memory, arrays and index file a collection has now; a new number whenever one of them was replaced. */
const generations = new WeakMap<
  Collection,
  { number: number; memory: WebAssembly.Memory; died: Uint32Array; indexed: number }
>();
let lastGeneration = 0;

function generationOf(collection: Collection): { number: number; state(): CollectionState } {
  const { layout, points, indexFile, indexed } = collection;
  let seen = generations.get(collection);
  if (!seen || seen.memory !== layout.memory || seen.died !== points.died || seen.indexed !== indexed) {
    seen = { number: ++lastGeneration, memory: layout.memory, died: points.died, indexed };
    generations.set(collection, seen);
  }
  const number = seen.number;
  return {
    number,
    state: () => ({
      generation: number,
      dims: collection.dims,
      memory: layout.memory,
      strideBytes: layout.strideBytes,
      rowsOffset: layout.rowsOffset,
      productOf: points.productOf,
      died: points.died,
      indexFile,
      indexed,
    }),
  };
}
