import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './product.ts';

/** The folder with real pictures and weights that tests measure on; the product never needs it. */
export const sharedFolder = process.env.LIKENESS_SHARED ?? path.resolve(root, '../shared');
export const hasShared = existsSync(path.join(sharedFolder, 'data'));
export const shared = (...parts: string[]): string => path.join(sharedFolder, ...parts);
