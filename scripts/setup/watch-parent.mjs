/**
 * Calls `onGone` once the process that started this one is no more: after a kill -9 of `npm start` nothing may stay behind
 * that still serves and keeps the data folder. Looks once a second; costs nothing else.
 * @param {() => void} onGone
 */
export function watchParent(onGone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 1000);
  timer.unref();
}
