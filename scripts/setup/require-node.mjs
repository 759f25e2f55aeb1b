/** Ends with one clear line when the Node that npm found is too old. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  fail(`Likeness needs Node 20 or newer; this is ${process.versions.node}.`);
}

/** @param {string} line */
export function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
