import { createHash } from 'node:crypto';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Ctx } from '../context.ts';
import { type StoredImage, storeImage } from '../image/store-image.ts';
import type { ImageArchive } from './archive.ts';
import type { WantedImage } from './merge-rows.ts';
import type { Reject } from './product-row.ts';

export type TakenImage = WantedImage & { id: string; sourceName: string; stored: StoredImage };
/** A picture that a product already has: `productId\nsourceName` → sha256. */
export type KnownImages = ReadonlyMap<string, string>;
export type Taken = { images: TakenImage[]; kept: number; rejects: Reject[] };

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
  const taken: Taken = { images: [], kept: 0, rejects: [] };
  const queue = input.wanted.entries();
  const results: (TakenImage | Reject | 'kept')[] = [];
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
  for (const result of results) {
    if (result === 'kept') taken.kept += 1;
    else if ('stored' in result) taken.images.push(result);
    else taken.rejects.push(result);
  }
  return taken;
}

async function takeOne(
  ctx: Ctx,
  input: { wanted: WantedImage; archive: ImageArchive | null; known: KnownImages },
): Promise<TakenImage | Reject | 'kept'> {
  const { wanted, archive, known } = input;
  const refuse = (code: string, message: string): Reject => ({
    line: wanted.line,
    file: wanted.name,
    code,
    message,
  });
  const sourceName = archive?.resolve(wanted.name) ?? null;
  if (!archive || sourceName === null)
    return refuse('image_not_found', `The picture ${wanted.name} is not among the uploaded images.`);
  if (sourceName === 'ambiguous')
    return refuse('image_ambiguous', `Several uploaded images are named ${wanted.name}; use their path.`);
  try {
    const bytes = await archive.read(sourceName);
    if (known.get(`${wanted.productId}\n${sourceName}`) === createHash('sha256').update(bytes).digest('hex'))
      return 'kept';
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
