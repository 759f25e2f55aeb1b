import { z } from 'zod';
import { isAddressable } from './limits.ts';

/** What a catalog may be called: it stands in addresses, and no engine may read it as a pattern over others' goods. */
export const catalogNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^/\\\0*,<>]+$/, 'none of / \\ * , < >')
  .regex(/^[^_-]/, 'no _ or - before it')
  // Signs that are not seen, or that turn the direction of what follows, make one name look like another.
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u, 'no control characters')
  .refine(isAddressable, 'neither . nor ..');
