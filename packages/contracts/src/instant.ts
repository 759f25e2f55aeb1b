import { z } from 'zod';

const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const END_MS = Date.parse('9999-12-31T00:00:00Z');

/** Whether an instant lies in the years that both JavaScript and Postgres write with four digits. */
export const isWritable = (ms: number): boolean => ms >= FIRST_MS && ms < END_MS;

/** An ISO instant with a zone, of the years 1 to 9999 in UTC. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => isWritable(Date.parse(text)), { message: 'a time of the years 1 to 9999 (UTC)' });
