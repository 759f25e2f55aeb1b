/** A page of products; "Show more" adds another. */
export const TAKE = 60;
/** So many are held by the address, so that Back shows them again; what comes after is not. */
export const SHOWN_MAX = 600;

/** How many products the address asks for: whole pages, at least one. */
export function shownOf(asked: string | undefined): number {
  const pages = Math.floor(Number(asked) / TAKE);
  return pages >= 1 ? Math.min(pages * TAKE, SHOWN_MAX) : TAKE;
}
