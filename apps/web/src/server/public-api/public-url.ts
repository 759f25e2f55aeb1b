/** Where people reach this product; links in answers start with it. */
export const publicUrl = (): string => (process.env.PUBLIC_URL ?? '').replace(/\/$/, '');
