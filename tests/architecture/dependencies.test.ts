import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';

/** Who may import whom (docs/architecture.md); a workspace that is not listed fails. */
const ALLOWED: Record<string, string[]> = {
  'packages/contracts': [],
  'packages/search-core': ['packages/contracts'],
  'packages/vision': ['packages/contracts'],
  'packages/onnx-grad': [],
  'packages/db': ['packages/contracts'],
  'packages/core': ['packages/contracts', 'packages/db', 'packages/search-core'],
  'packages/sample-data': ['packages/contracts'],
  'packages/cli': ['packages/contracts'],
  'apps/inference': ['packages/vision', 'packages/contracts'],
  'apps/engine': ['packages/contracts'],
  'apps/worker': ['packages/core', 'packages/contracts'],
  'apps/web': ['packages/core', 'packages/contracts'],
};

const root = path.resolve(import.meta.dirname, '../..');
const workspaceOf = (file: string): string | null => /^(?:apps|packages)\/[^/]+/.exec(file)?.[0] ?? null;
const isTest = (file: string): boolean => /\.test\.tsx?$|\/testing\//.test(file);

let modules: ICruiseResult['modules'];

beforeAll(async () => {
  const result = await cruise(
    ['apps', 'packages'],
    {
      baseDir: root,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(\\.next|/generated/|/testdata/)' },
      tsPreCompilationDeps: true,
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'require', 'node', 'default'],
      },
    },
    {},
  );
  modules = (result.output as ICruiseResult).modules;
}, 120_000);

describe('dependencies point one way', () => {
  it('no workspace imports one that it must not know', () => {
    const forbidden = modules
      .filter((module) => !isTest(module.source))
      .flatMap((module) =>
        module.dependencies.map((dependency) => [module.source, dependency.resolved] as const),
      )
      .filter(([from, to]) => {
        const [source, target] = [workspaceOf(from), workspaceOf(to)];
        return source && target && source !== target && !ALLOWED[source]?.includes(target);
      });
    expect(forbidden).toEqual([]);
  });

  it('every workspace is listed', () => {
    const seen = new Set(modules.map((module) => workspaceOf(module.source)).filter((name) => name !== null));
    expect([...seen].filter((name) => !(name in ALLOWED))).toEqual([]);
  });

  it('no file imports itself by a detour (types, which vanish, do not count)', () => {
    const runs = (dependency: { dependencyTypes: string[] }): boolean =>
      !dependency.dependencyTypes.includes('type-only');
    const cycles = modules.flatMap((module) =>
      module.dependencies
        .filter(
          (dependency) => dependency.circular && runs(dependency) && (dependency.cycle ?? []).every(runs),
        )
        .map((dependency) => `${module.source} → ${dependency.resolved}`),
    );
    expect(cycles).toEqual([]);
  });
});
