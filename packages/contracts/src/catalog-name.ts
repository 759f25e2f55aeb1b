import { z } from 'zod';
import { isAddressable } from './limits.ts';

/** What a catalog may be called: it stands in addresses, and no engine may read it as a pattern over others' goods. */
export const catalogNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^/\\\0*,<>]+$/, 'none of / \\ * , < >')
  .regex(/^[^_]/, 'no _ before it')
  .refine(isAddressable, 'neither . nor ..');
