/** Why a running job was told to stop; the reason of its `signal`. */
export type AbortCause = 'canceled' | 'shutdown' | 'lease_lost' | 'timeout';

export class JobAborted extends Error {
  override name = 'JobAborted';
  readonly abortCause: AbortCause;

  constructor(abortCause: AbortCause) {
    super(`the job was told to stop: ${abortCause}`);
    this.abortCause = abortCause;
  }
}
