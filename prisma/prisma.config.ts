import path from 'node:path';
import { defineConfig } from 'prisma/config';

// Prisma's own schema engine is a download; ours runs its WASM build from the package registry.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(
  import.meta.dirname,
  '../packages/db/tools/prisma-schema-engine.mjs',
);

export default defineConfig({
  schema: path.join(import.meta.dirname, 'schema'),
  migrations: { path: path.join(import.meta.dirname, 'migrations') },
  datasource: { url: process.env.DATABASE_OWNER_URL ?? 'postgresql://127.0.0.1:5432/likeness' },
});
