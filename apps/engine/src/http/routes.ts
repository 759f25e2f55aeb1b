import {
  createCollectionSchema,
  deletePointsSchema,
  pointsHeaderSchema,
  searchHeaderSchema,
} from '@likeness/contracts/engine';
import { decodeFrame } from '@likeness/contracts/engine-frame';
import { AppError } from '@likeness/contracts/errors';
import { filterTooLarge } from '@likeness/contracts/filter';
import type { z } from 'zod';
import type { Registry } from '../collections/registry.ts';
import { searchCollection } from '../search/search-collection.ts';
import type { SearchPool } from '../threads/search-pool.ts';

export type Context = { registry: Registry; pool: SearchPool };

/** Answers one call; the wire is described in `@likeness/contracts/engine`. */
export async function route(
  context: Context,
  call: { method: string; path: string; body: Buffer },
): Promise<unknown> {
  const [head, rawName, action, ...more] = call.path.split('/').filter(Boolean);
  if (head !== 'collections' || more.length > 0) throw new AppError('not_found');
  if (!rawName) return call.method === 'GET' ? { collections: context.registry.list() } : refuse();
  const name = decodeName(rawName);
  const key = `${call.method} ${action ?? ''}`.trim();
  switch (key) {
    case 'PUT':
      return context.registry.create(name, parse(createCollectionSchema, parseJson(call.body)).dims).stats();
    case 'GET':
      return context.registry.get(name).stats();
    case 'DELETE':
      context.pool.forget(name);
      return { dropped: context.registry.drop(name) };
    case 'POST points': {
      const { header, vectors } = frame(call.body);
      const { dims, points } = parse(pointsHeaderSchema, header);
      const collection = context.registry.get(name);
      if (dims !== collection.dims)
        throw new AppError('invalid_request', {
          message: `The collection has ${collection.dims} dimensions.`,
        });
      await collection.upsert(points, vectors);
      return { upserted: points.length };
    }
    case 'POST delete':
      await context.registry.get(name).delete(parse(deletePointsSchema, parseJson(call.body)));
      return { ok: true };
    case 'POST seal':
      await context.registry.get(name).seal();
      return context.registry.get(name).stats();
    case 'POST search': {
      const { header, vectors } = frame(call.body);
      if (filterTooLarge((header as { filter?: unknown } | null)?.filter))
        throw new AppError('invalid_filter');
      const request = { header: parse(searchHeaderSchema, header), query: vectors };
      return searchCollection(context.pool, context.registry.get(name), request);
    }
    default:
      return refuse();
  }
}

function refuse(): never {
  throw new AppError('method_not_allowed');
}

function decodeName(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return ''; // refused as no name
  }
}

function frame(body: Buffer): { header: unknown; vectors: Float32Array } {
  try {
    return decodeFrame(body);
  } catch (cause) {
    throw new AppError('invalid_request', { message: 'The frame cannot be read.', cause });
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return body.length ? JSON.parse(body.toString('utf8')) : {};
  } catch (cause) {
    throw new AppError('invalid_request', { message: 'The body is not JSON.', cause });
  }
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_request', {
    message: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
  });
}
