import type { Ctx } from '../context.ts';
import { listMembers } from '../member/memberships.ts';
import { likePattern } from '../product/like-pattern.ts';

/** Something of the tenant that has a page to go to. */
export type Place =
  | { kind: 'product'; catalogId: string; productId: string; title: string; catalog: string }
  | { kind: 'version'; catalogId: string; number: number; state: string; catalog: string }
  | { kind: 'key'; keyId: string; name: string; hint: string }
  | { kind: 'member'; userId: string; name: string; email: string };

/** Of each kind: what a palette can show beside its pages. */
const EACH = 5;

/**
 * Products by title or id, index versions by number or catalog, keys by name or their visible characters, and people by
 * name or e-mail; of each kind only where the caller may read it.
 */
export async function findPlaces(ctx: Ctx, input: { query: string }): Promise<Place[]> {
  const query = input.query.trim().replace(/\s+/g, ' ');
  if (!query) return [];
  const may = ctx.actor.permissions;
  const found = await Promise.all([
    may.has('products:read') ? findProducts(ctx, query) : [],
    may.has('catalogs:read') ? findVersions(ctx, query) : [],
    may.has('keys:read') ? findKeys(ctx, query) : [],
    may.has('members:read') ? findMembers(ctx, query) : [],
  ]);
  return found.flat();
}

const like = (query: string) => ({ contains: likePattern(query), mode: 'insensitive' as const });

async function findProducts(ctx: Ctx, query: string): Promise<Place[]> {
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.product.findMany({
      where: {
        catalog: { deletedAt: null },
        OR: [{ title: like(query) }, { externalId: like(query) }],
      },
      orderBy: { id: 'asc' },
      take: EACH,
      include: { catalog: { select: { name: true } } },
    }),
  );
  return rows.map(({ catalogId, externalId, title, catalog }) => ({
    kind: 'product',
    catalogId,
    productId: externalId,
    title,
    catalog: catalog.name,
  }));
}

/** "v12", "12" or words of the catalog's name; the newest first. */
async function findVersions(ctx: Ctx, query: string): Promise<Place[]> {
  const number = /^v?(\d{1,6})$/i.exec(query)?.[1];
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.indexVersion.findMany({
      where: {
        catalog: { deletedAt: null },
        OR: [{ catalog: { name: like(query) } }, ...(number ? [{ number: Number(number) }] : [])],
      },
      orderBy: { id: 'desc' },
      take: EACH,
      include: { catalog: { select: { name: true } } },
    }),
  );
  return rows.map(({ catalogId, number: at, state, catalog }) => ({
    kind: 'version',
    catalogId,
    number: at,
    state,
    catalog: catalog.name,
  }));
}

async function findKeys(ctx: Ctx, query: string): Promise<Place[]> {
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.apiKey.findMany({
      where: { OR: [{ name: like(query) }, { prefix: like(query) }, { last4: query }] },
      orderBy: { createdAt: 'desc' },
      take: EACH,
    }),
  );
  return rows.map(({ id, name, prefix, last4 }) => ({
    kind: 'key',
    keyId: id,
    name,
    hint: `${prefix}…${last4}`,
  }));
}

async function findMembers(ctx: Ctx, query: string): Promise<Place[]> {
  const words = query.toLowerCase();
  const members = await listMembers(ctx);
  return members
    .filter(({ name, email }) => `${name}\n${email}`.toLowerCase().includes(words))
    .slice(0, EACH)
    .map(({ userId, name, email }) => ({ kind: 'member', userId, name, email }));
}
