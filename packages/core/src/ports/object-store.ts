import type { Readable } from 'node:stream';

/**
 * Private bytes under keys such as `t/<tenantId>/images/<imageId>/original`. A put is whole or absent:
 * written to a temporary name, synced, renamed. Errors: `not_found`, `storage_full`.
 */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array | Readable): Promise<{ bytes: number; sha256: string }>;
  get(key: string): Promise<Buffer>;
  stream(key: string): Promise<Readable>;
  /** A local path for readers that need a file (archives, models); null when the store is remote. */
  localPath(key: string): string | null;
  exists(key: string): Promise<boolean>;
  delete(key: string): Promise<void>;
  deletePrefix(prefix: string): Promise<void>;
}
