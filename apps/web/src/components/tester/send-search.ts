import type { Box } from '@likeness/contracts/box';
import type { SearchView } from '../../server/view/search-view.ts';
import { refusalOf } from './photo-fault.ts';

export type Photo = {
  url: string;
  file: File | null;
  /** It is a picture of this product. */
  productId?: string;
  /** It was searched before and is kept under this id. */
  imageId?: string;
};
export type Ask = { photo: Photo; box?: Box; imageId?: string | null; whole?: boolean };

/** One search of the tester: its answer, or the code of what it was refused for. */
export async function sendSearch(
  { photo, box, imageId, whole }: Ask,
  to: { slug: string; catalog: string | null },
): Promise<{ code: string; view: SearchView | null }> {
  const refused = !imageId && photo.file ? refusalOf(photo.file) : null;
  if (refused) return { code: refused, view: null };
  const form = new FormData();
  if (to.catalog) form.set('catalog', to.catalog);
  if (box) form.set('box', box.join(','));
  if (whole) form.set('crop', 'none');
  const known = imageId ?? photo.imageId;
  if (known) form.set('image_id', known);
  else if (photo.productId) form.set('product_id', photo.productId);
  else if (photo.file) form.set('image', photo.file);
  const url = `/api/console/${encodeURIComponent(to.slug)}/search`;
  const response = await fetch(url, { method: 'POST', body: form }).catch(() => null);
  const body = (await response?.json().catch(() => null)) as
    | (SearchView & { error?: { code: string } })
    | null;
  if (response?.ok && body) return { code: 'ok', view: body };
  const silent = navigator.onLine ? 'generic' : 'offline';
  return { code: body?.error?.code ?? silent, view: null };
}
