/**
 * How the launcher's process runs: it draws the first sample on all cores, so threads that collect garbage would only take
 * them from those that draw, and rooms for new objects are large from the start. A tenth of the processor time.
 */
export const launchFlags = ['--single-threaded-gc', '--min-semi-space-size=32'];
