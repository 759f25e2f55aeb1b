import { z } from 'zod';

/** Fields beside the uploaded parts `queries` (CSV) and `images` (ZIP). */
export const evaluationUpload = z.strictObject({
  crop: z.enum(['auto', 'given', 'none']).default('auto'),
  index_version: z.string().max(64).optional(),
  name: z.string().trim().min(1).max(100).optional(),
});
