const EVENT = 'likeness:session-end';

/** Says to the whole page that the server knows its session no more. */
export function announceSessionEnd(): void {
  window.dispatchEvent(new Event(EVENT));
}

/** Calls back at each such moment until the returned function is called. */
export function onSessionEnd(hear: () => void): () => void {
  window.addEventListener(EVENT, hear);
  return () => window.removeEventListener(EVENT, hear);
}
