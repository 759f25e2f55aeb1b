import { createHash } from 'node:crypto';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Ctx } from '../context.ts';
import { type StoredImage, storeImage } from '../image/store-image.ts';
import type { ImageArchive } from './archive.ts';
import type { WantedImage } from './merge-rows.ts';
import type { Reject } from './product-row.ts';

export type TakenImage = WantedImage & { id: string; sourceName: string; stored: StoredImage };
/** Pictures that products already have: product id → name → sha256. */
export type KnownImages = ReadonlyMap<string, ReadonlyMap<string, string>>;
type Kept = { productId: string; kept: string };
export type Taken = {
  images: TakenImage[];
  rejects: Reject[];
  /** All that were wanted, in order, also what was there already; null for what was refused. */
  order: { productId: string; sourceName: string | null }[];
};

const AT_ONCE = 4;

/** Finds, normalises and stores the pictures of a batch; unreadable and missing ones become rejects. */
export async function takeImages(
  ctx: Ctx,
  input: {
    wanted: readonly WantedImage[];
    archive: ImageArchive | null;
    known: KnownImages;
    /** Told after each picture how many are done. */
    onTaken?: (done: number) => void;
  },
): Promise<Taken> {
  const taken: Taken = { images: [], rejects: [], order: [] };
  const queue = input.wanted.entries();
  const results: (TakenImage | Reject | Kept)[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [index, wanted] of queue) {
      ctx.signal?.throwIfAborted();
      results[index] = await takeOne(ctx, { ...input, wanted });
      done += 1;
      input.onTaken?.(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const [index, result] of results.entries()) {
    if ('stored' in result) taken.images.push(result);
    else if (!('kept' in result)) taken.rejects.push(result);
    const sourceName = 'kept' in result ? result.kept : 'stored' in result ? result.sourceName : null;
    taken.order.push({ productId: input.wanted[index]?.productId ?? '', sourceName });
  }
  return taken;
}

async function takeOne(
  ctx: Ctx,
  input: { wanted: WantedImage; archive: ImageArchive | null; known: KnownImages },
): Promise<TakenImage | Reject | Kept> {
  const { wanted, archive, known } = input;
  const refuse = (code: string, message: string): Reject => ({
    line: wanted.line,
    file: wanted.name,
    code,
    message,
  });
  const mine = known.get(wanted.productId);
  const sourceName = archive?.resolve(wanted.name) ?? null;
  const there = sourceName === null ? nameOf(wanted.name, mine) : null;
  if (there !== null) return { productId: wanted.productId, kept: there };
  if (!archive || sourceName === null)
    return refuse('image_not_found', `The picture ${wanted.name} is not among the uploaded images.`);
  if (sourceName === 'ambiguous')
    return refuse('image_ambiguous', `Several uploaded images are named ${wanted.name}; use their path.`);
  try {
    const bytes = await archive.read(sourceName);
    if (mine?.get(sourceName) === createHash('sha256').update(bytes).digest('hex'))
      return { productId: wanted.productId, kept: sourceName };
    const id = newId('image', ctx.deps.clock.now());
    const stored = await storeImage(ctx, {
      prefix: `t/${ctx.tenantId}/images/${id}`,
      bytes,
      options: { lane: 'bulk', signal: ctx.signal },
    });
    return { ...wanted, id, sourceName, stored };
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return refuse(error.code, error.message);
    throw error; // ours, not the picture's: the job tries again
  }
}

/** A picture that was not sent again but that the product has: by its path, then by its base name where only one has it. */
function nameOf(wanted: string, mine: ReadonlyMap<string, string> | undefined): string | null {
  if (!mine) return null;
  if (mine.has(wanted)) return wanted;
  const base = (name: string): string => name.split(/[\\/]/).at(-1) ?? name;
  const same = [...mine.keys()].filter((name) => base(name) === base(wanted));
  return same.length === 1 ? (same[0] ?? null) : null;
}
