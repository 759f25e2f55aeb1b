import pg from 'pg';

export type Handler = (payload: string) => void;

const RECONNECT_MS = 500;

/**
 * LISTEN on one connection of its own for all channels of a process. When the server goes away it connects again and
 * calls every handler with '' once, because notifications may have been missed meanwhile.
 */
export class Listener {
  readonly #url: string;
  readonly #handlers = new Map<string, Set<Handler>>();
  #client: pg.Client | null = null;
  #connecting: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Resolves once the server listens; the returned function stops it. */
  async listen(channel: string, handler: Handler): Promise<() => Promise<void>> {
    if (!/^[a-z_]+$/.test(channel)) throw new Error(`not a channel name: ${channel}`);
    const handlers = this.#handlers.get(channel) ?? new Set();
    const isNew = handlers.size === 0;
    handlers.add(handler);
    this.#handlers.set(channel, handlers);
    await this.#connect();
    if (isNew) await this.#client?.query(`LISTEN ${channel}`).catch(() => {});
    return async () => {
      handlers.delete(handler);
      if (handlers.size > 0) return;
      this.#handlers.delete(channel);
      await this.#client?.query(`UNLISTEN ${channel}`).catch(() => {});
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#handlers.clear();
    await this.#connecting?.catch(() => {});
    await this.#client?.end().catch(() => {});
    this.#client = null;
  }

  async #connect(): Promise<void> {
    if (this.#client || this.#closed) return;
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = null;
    });
    await this.#connecting;
  }

  async #open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'likeness-listen',
      keepAlive: true,
    });
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload }) => this.#emit(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of this.#handlers.keys()) await client.query(`LISTEN ${channel}`);
    } catch {
      client.end().catch(() => {});
      this.#reconnectSoon();
      return;
    }
    this.#client = client;
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.end().catch(() => {});
    this.#reconnectSoon();
  }

  #reconnectSoon(): void {
    if (this.#closed || this.#retry) return;
    this.#retry = setTimeout(async () => {
      this.#retry = null;
      await this.#connect();
      if (this.#client) for (const channel of this.#handlers.keys()) this.#emit(channel, '');
    }, RECONNECT_MS);
  }

  #emit(channel: string, payload: string): void {
    for (const handler of this.#handlers.get(channel) ?? []) handler(payload);
  }
}
