// Fails the build when a text is missing in one of the two languages, is empty, or names other values.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = path.join(import.meta.dirname, '../messages');
const LOCALES = ['en', 'zh-CN'];

/** @returns {Map<string, string>} text by dotted key */
export function flatten(value, prefix = '', out = new Map()) {
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === 'string') out.set(prefix + key, each);
    else flatten(each, `${prefix}${key}.`, out);
  }
  return out;
}

/** Names of the values that a text takes, such as `{count}` or `{count, plural, …}`. */
export const valuesOf = (text) =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*(?=[,}])/g)].map((match) => match[1]))].sort().join(',');

/** @returns {string[]} one line for each fault */
export function faultsOf(folder = FOLDER) {
  const [first, second] = LOCALES.map((locale) =>
    flatten(JSON.parse(readFileSync(path.join(folder, `${locale}.json`), 'utf8'))),
  );
  const faults = [];
  for (const key of new Set([...first.keys(), ...second.keys()])) {
    const [a, b] = [first.get(key), second.get(key)];
    if (!a?.trim()) faults.push(`${key} is missing in ${LOCALES[0]}`);
    else if (!b?.trim()) faults.push(`${key} is missing in ${LOCALES[1]}`);
    else if (valuesOf(a) !== valuesOf(b)) faults.push(`${key} takes {${valuesOf(a)}} and {${valuesOf(b)}}`);
  }
  return faults;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = faultsOf();
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length) process.exit(1);
}
