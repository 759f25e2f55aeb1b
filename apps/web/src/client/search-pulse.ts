import { useSyncExternalStore } from 'react';

/** Whether a search would be answered, or which part is silent; `offline`: this browser reaches nothing. */
export type Pulse = 'alive' | 'offline' | 'console' | 'database' | 'engine' | 'models';

const ASK_EVERY_MS = 20_000;
const PARTS: readonly Pulse[] = ['database', 'engine', 'models'];
const hearers = new Set<() => void>();
let pulse: Pulse = 'alive';
let asking = false;
let stop: (() => void) | null = null;

/** One poll for all who listen, while the page is looked at. */
export function useSearchPulse(): Pulse {
  return useSyncExternalStore(
    subscribe,
    () => pulse,
    () => 'alive',
  );
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  stop ??= start();
  return () => {
    hearers.delete(hear);
    if (hearers.size > 0) return;
    stop?.();
    stop = null;
  };
}

function start(): () => void {
  const look = (): void => void ask();
  const timer = setInterval(look, ASK_EVERY_MS);
  for (const event of ['online', 'offline']) window.addEventListener(event, look);
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearInterval(timer);
    for (const event of ['online', 'offline']) window.removeEventListener(event, look);
    document.removeEventListener('visibilitychange', look);
  };
}

async function ask(): Promise<void> {
  if (!navigator.onLine) return tell('offline');
  if (asking || document.hidden) return;
  asking = true;
  const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null);
  const body =
    answer && !answer.ok ? ((await answer.json().catch(() => null)) as { part?: Pulse } | null) : null;
  asking = false;
  if (!navigator.onLine) return tell('offline');
  if (answer?.ok) return tell('alive');
  tell(PARTS.find((part) => part === body?.part) ?? 'console');
}

function tell(next: Pulse): void {
  if (next === pulse) return;
  pulse = next;
  for (const hear of hearers) hear();
}
