import { z } from 'zod';
import { isAddressable } from './limits.ts';

/** What a catalog may be called: it stands in addresses. */
export const catalogNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^/\\\0]+$/, 'no slash')
  .refine(isAddressable, 'neither . nor ..');
