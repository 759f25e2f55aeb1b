import { parentPort, workerData } from 'node:worker_threads';
import { Index, MetricKind, ScalarKind } from 'usearch';
import { Attached, type CollectionState } from '../search/attached.ts';
import { runSearch, type SearchTask } from '../search/run-search.ts';

export type ThreadRequest = {
  id: number;
  collection: string;
  state: CollectionState | null;
  /** None: forget the collection. */
  task: SearchTask | null;
};
export type ThreadAnswer = { id: number; outcome: ReturnType<typeof runSearch> | null; error: string | null };

const { thread } = workerData as { thread: number };
const attachedBy = new Map<string, { attached: Attached; index: Index | null }>();

parentPort?.on('message', (request: ThreadRequest) => {
  const { task } = request;
  if (!task) {
    attachedBy.delete(request.collection);
    return;
  }
  try {
    if (request.state) attach(request.collection, request.state);
    const held = attachedBy.get(request.collection);
    if (!held) throw new Error(`${request.collection} is not attached`);
    answer({ id: request.id, outcome: runSearch(held.attached, held.index, task), error: null });
  } catch (error) {
    answer({ id: request.id, outcome: null, error: (error as Error).message });
  }
});

function answer(message: ThreadAnswer): void {
  parentPort?.postMessage(message);
}

function attach(name: string, state: CollectionState): void {
  attachedBy.set(name, {
    attached: new Attached(state, thread),
    index: state.indexFile ? viewIndex(state, state.indexFile) : null,
  });
}

/** Maps the index file into memory: pages are shared by all threads and survive its deletion. */
function viewIndex(state: CollectionState, file: string): Index {
  const index = new Index({
    dimensions: state.dims,
    metric: MetricKind.IP,
    quantization: ScalarKind.F16,
    connectivity: 16,
    expansion_add: 128,
    expansion_search: 64,
    multi: false,
  });
  index.view(file);
  return index;
}
