import { generateSample, type SampleOptions, type SampleProduct } from '../generate.ts';

/** The products of a sample in order, ready to be written. */
export const productSource = (
  options: SampleOptions,
  _how: { threads?: number | undefined },
): AsyncGenerator<SampleProduct> => generateSample(options);
