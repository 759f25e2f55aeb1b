import type { RouteDefinition } from './define-route.ts';
import * as account from './routes/account.ts';
import * as catalogs from './routes/catalogs.ts';
import * as jobs from './routes/jobs.ts';
import * as products from './routes/products.ts';
import * as search from './routes/search.ts';

/** Every route of REST v1; the server, the OpenAPI document and the generated tests read this list. */
export const routes: readonly RouteDefinition[] = [search, products, catalogs, jobs, account].flatMap(
  (module) => Object.values(module),
);

export type MatchedRoute = { route: RouteDefinition; params: Record<string, string> };

/** The route of a method and path; `method` when only the method is wrong; null when there is no such path. */
export function matchRoute(method: string, path: string): MatchedRoute | 'method' | null {
  let known = false;
  for (const { route, pattern } of compiled) {
    const match = pattern.exec(path);
    if (!match) continue;
    known = true;
    if (route.method === method) return { route, params: decodeAll(match.groups ?? {}) };
  }
  return known ? 'method' : null;
}

/** Methods that a path answers, for the header Allow. */
export const methodsOf = (path: string): string[] =>
  compiled.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route.method);

const compiled = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

function decodeAll(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, safeDecode(value)]));
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
