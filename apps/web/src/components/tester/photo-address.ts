/** Where the picture of a photo is that was searched and is still kept. */
export const photoAddress = (slug: string, imageId: string): string =>
  `/api/console/${encodeURIComponent(slug)}/photos/${encodeURIComponent(imageId)}`;
