export type Deadline = {
  /** Fires when the time is over, or with the caller's own signal. */
  signal: AbortSignal;
  /** Whether it was the time. */
  expired(): boolean;
};

/**
 * Runs a call under a deadline that ends with the call. (`AbortSignal.timeout` and `any` live on until their time is
 * over: at ten searches a second that is a hundred timers, and an exception made for each.)
 */
export async function withDeadline<T>(
  how: { timeoutMs: number; signal?: AbortSignal | undefined },
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort(new DOMException('The time for this call is over.', 'TimeoutError'));
  }, how.timeoutMs);
  const follow = (): void => controller.abort(how.signal?.reason);
  if (how.signal?.aborted) follow();
  how.signal?.addEventListener('abort', follow, { once: true });
  try {
    return await work({ signal: controller.signal, expired: () => expired });
  } finally {
    clearTimeout(timer);
    how.signal?.removeEventListener('abort', follow);
  }
}
