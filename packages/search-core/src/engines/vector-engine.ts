import type {
  CollectionStats,
  DeletePoints,
  Point,
  SearchAnswer,
  SearchRequest,
} from '@likeness/contracts/engine';

export type EngineCall = { signal?: AbortSignal; timeoutMs?: number };

/**
 * The one contract of all vector engines. Vectors are unit vectors; score = (1 + cos) / 2; answers are distinct
 * products, as many as asked for whenever the collection has them. Names are physical; engines have no aliases.
 * Errors: `not_found` for an unknown collection, `invalid_request`, `engine_unavailable`.
 */
export interface VectorEngine {
  /** Makes an empty collection; an existing one of the same width is kept. */
  create(name: string, dims: number): Promise<CollectionStats>;
  /** Adds or replaces points; `vectors` holds `points.length × dims` floats. Durable when it resolves. */
  upsert(name: string, batch: { dims: number; points: Point[]; vectors: Float32Array }): Promise<void>;
  delete(name: string, what: Partial<DeletePoints>): Promise<void>;
  /** Freezes what was loaded; later writes are searched exactly beside it. */
  seal(name: string): Promise<CollectionStats>;
  search(
    name: string,
    query: { vector: Float32Array; request: Omit<SearchRequest, 'dims'> },
    call?: EngineCall,
  ): Promise<SearchAnswer>;
  stats(name: string): Promise<CollectionStats>;
  list(): Promise<string[]>;
  drop(name: string): Promise<void>;
}
