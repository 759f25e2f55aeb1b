import { placeInFamily, specOf } from '../catalog/product-spec.ts';
import { groupOf, shotList } from '../generate.ts';
import { Random } from '../random.ts';
import { type Act, act, look, type Shown } from './behaviour.ts';
import { type Settled, type ShopperOptions, settled } from './options.ts';
import { rank, relationOf } from './ranker.ts';
import { searchTimes } from './search-times.ts';
import { liking, type Taste, tasteOf, utility } from './taste.ts';
import { Wares } from './wares.ts';

export type SearchSession = {
  requestId: string;
  time: Date;
  shopper: number;
  /** The picture searched with, as named in the sample. */
  image: string;
  source: 'street' | 'catalog';
  /** Truth: index of the product that is wanted. */
  wanted: number;
  /** The answer was shuffled before it was shown. */
  randomised: boolean;
  shown: readonly Shown[];
  acts: readonly Act[];
};

const HOUR = 3_600_000;
const STREET_SHARE = 0.7;

/**
 * Searches of simulated shoppers with hidden tastes, in order of time: what was asked, what was shown, what was done
 * with it, and why. Everything comes from the seed; nothing but 16 bytes a product is held.
 */
export function* simulateShoppers(options: ShopperOptions): Generator<SearchSession> {
  const how = settled(options);
  const wares = new Wares(how);
  let number = 0;
  for (const ms of searchTimes(how)) {
    const session = searchOf(how, wares, { number, ms });
    number += 1;
    if (session) yield session;
  }
}

function searchOf(how: Settled, wares: Wares, at: { number: number; ms: number }): SearchSession | null {
  const r = new Random('search', how.seed, at.number);
  const hour = Math.floor(at.ms / HOUR);
  // Some come often, most seldom.
  const taste = tasteOf(how.seed, Math.floor(how.shoppers * r.next() ** 1.5));
  const wanted = wish(wares, { taste, hour, r });
  if (wanted === null) return null;
  const query = queryOf(how, wanted, r);
  const noise = how.rankNoise * (query.source === 'street' ? 1.25 : 0.75);
  const list = rank(wares, { wanted, hour, results: how.results, noise, r });
  const randomised = r.chance(how.randomised);
  if (randomised) shuffle(list, r);
  const shown = look(
    list.map((product) => ({
      product,
      relation: relationOf(wares, wanted, product),
      liking: liking(taste, wares, product),
    })),
    { eta: how.eta, wrongClicks: how.wrongClicks, r },
  );
  return {
    requestId: `sim_${how.seed}_${String(at.number + 1).padStart(8, '0')}`,
    time: new Date(how.start.getTime() + at.ms),
    shopper: taste.shopper,
    ...query,
    wanted,
    randomised,
    shown,
    acts: act(shown, r),
  };
}

/** The product that a shopper is after: of a kind by habit, the best of a few by utility + Gumbel noise (a logit choice). */
function wish(wares: Wares, how: { taste: Taste; hour: number; r: Random }): number | null {
  const { taste, hour, r } = how;
  let best: { product: number; value: number } | null = null;
  for (let attempt = 0; attempt < 8 || (best === null && attempt < 64); attempt++) {
    const product = wares.pick(r, kindOf(taste, r));
    if (product === null || wares.arrival[product]! > hour) continue;
    const value = utility(taste, wares, product) - Math.log(-Math.log(1 - r.next()));
    if (best === null || value > best.value) best = { product, value };
  }
  return best?.product ?? null;
}

function kindOf(taste: Taste, r: Random): number {
  let rest = r.next();
  for (const [kind, share] of taste.kinds.entries()) {
    rest -= share;
    if (rest < 0) return kind;
  }
  return taste.kinds.length - 1;
}

/**
 * Mostly a street photo, else a picture of the shop. Street photos of even families are the test queries
 * (`queries.csv`), so nobody searches with them: clicks may train a model that is then tested on those.
 */
function queryOf(how: Settled, wanted: number, r: Random): Pick<SearchSession, 'image' | 'source'> {
  const spec = specOf(how.seed, wanted);
  const shot = r.int(Math.max(1, how.streetPhotos));
  const street = r.chance(STREET_SHARE) && how.streetPhotos > 0 && placeInFamily(wanted).family % 2 === 1;
  if (street && groupOf(spec, shot) !== 'none')
    return { image: `street/${spec.productId}-${shot + 1}.jpg`, source: 'street' };
  const { variant, view } = r.pick(shotList(spec, Math.max(1, how.catalogViews)));
  const colour = spec.variants.indexOf(variant) + 1;
  return { image: `${spec.productId}/${colour}-${view}.jpg`, source: 'catalog' };
}

function shuffle(list: number[], r: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = r.int(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}
