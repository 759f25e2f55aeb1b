import fc from 'fast-check';
import type { CaseInput, GradientCase } from '../verify/gradient-check.ts';

export type Cases = Record<string, fc.Arbitrary<GradientCase>>;

export const dim = fc.integer({ min: 1, max: 4 });
export const dims = (min: number, max: number) => fc.array(dim, { minLength: min, maxLength: max });
export const int = (min: number, max: number) => fc.integer({ min, max });
export const constant = (values: number[]): CaseInput => ({ dims: [values.length], constant: values });
