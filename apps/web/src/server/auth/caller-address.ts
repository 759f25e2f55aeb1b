/** The nearest proxy's word for who calls: entries further left can be made up by the caller. Null where nobody says. */
export const addressIn = (headers: Pick<Headers, 'get'>): string | null =>
  headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || null;
