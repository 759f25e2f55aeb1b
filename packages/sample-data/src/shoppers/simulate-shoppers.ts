import type { Act, Shown } from './behaviour.ts';
import type { ShopperOptions } from './options.ts';
import { type Search, Shoppers } from './shoppers.ts';

export type SearchSession = Search & {
  /** The answer was shuffled before it was shown. */
  randomised: boolean;
  shown: readonly Shown[];
  acts: readonly Act[];
};

/**
 * Searches of simulated shoppers with hidden tastes, in order of time: what was asked, what was shown, what was done
 * with it, and why. Everything comes from the seed; nothing but 20 bytes a product is held. The answers are those of
 * a stand-in for the search (`rank`); a real one is put in its place with `Shoppers`.
 */
export function* simulateShoppers(options: ShopperOptions): Generator<SearchSession> {
  const shoppers = new Shoppers(options);
  for (const search of shoppers.searches()) {
    const { list, randomised } = shoppers.answer(search);
    yield { ...search, randomised, ...shoppers.respond(search, list) };
  }
}
