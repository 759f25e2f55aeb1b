import { specOf } from '../catalog/product-spec.ts';
import { groupOf, shotList } from '../generate.ts';
import { Random } from '../random.ts';
import { isTestFamily } from '../write/split.ts';
import { type Act, act, look, type Shown } from './behaviour.ts';
import { type Settled, type ShopperOptions, settled } from './options.ts';
import { rank, relationOf } from './ranker.ts';
import { searchTimes } from './search-times.ts';
import { liking, type Taste, tasteOf, utility } from './taste.ts';
import { Wares } from './wares.ts';

export type Search = {
  requestId: string;
  number: number;
  time: Date;
  /** Hours since the start. */
  hour: number;
  shopper: number;
  /** The picture searched with, as named in the sample. */
  image: string;
  source: 'street' | 'catalog';
  /** Truth: index of the product that is wanted. */
  wanted: number;
};

const HOUR = 3_600_000;
const STREET_SHARE = 0.7;

/** People who want things, search for them, and answer to what they are shown. */
export class Shoppers {
  readonly options: Settled;
  readonly wares: Wares;
  /** Clicks so far, for a ranker that likes what is liked. */
  readonly #clicks: Uint32Array;

  constructor(options: ShopperOptions) {
    this.options = settled(options);
    this.wares = new Wares(this.options);
    this.#clicks = new Uint32Array(options.products);
  }

  /** Who searches when, for what, with which picture; in order of time. */
  *searches(): Generator<Search> {
    let number = 0;
    for (const ms of searchTimes(this.options)) {
      const search = this.#searchAt(number, ms);
      number += 1;
      if (search) yield search;
    }
  }

  #searchAt(number: number, ms: number): Search | null {
    const { seed, shoppers, start } = this.options;
    const r = new Random('search', seed, number);
    const hour = Math.floor(ms / HOUR);
    // Some come often, most seldom.
    const taste = tasteOf(seed, Math.floor(shoppers * r.next() ** 1.5));
    const wanted = this.#wish(taste, hour, r);
    if (wanted === null) return null;
    return {
      requestId: `sim_${seed}_${String(number + 1).padStart(8, '0')}`,
      number,
      time: new Date(start.getTime() + ms),
      hour,
      shopper: taste.shopper,
      ...this.#query(wanted, r),
      wanted,
    };
  }

  /** The product that a shopper is after: of a kind by habit, the best of a few by utility + Gumbel noise (a logit choice). */
  #wish(taste: Taste, hour: number, r: Random): number | null {
    let best: { product: number; value: number } | null = null;
    for (let attempt = 0; attempt < 8 || (best === null && attempt < 64); attempt++) {
      const product = this.wares.pick(r, kindOf(taste, r));
      if (product === null || this.wares.arrival[product]! > hour) continue;
      const value = utility(taste, this.wares, product) - Math.log(-Math.log(1 - r.next()));
      if (best === null || value > best.value) best = { product, value };
    }
    return best?.product ?? null;
  }

  /**
   * Mostly a street photo, else a picture of the shop. Nobody searches with a street photo that is a test query
   * (`queries.csv`): clicks may train a model that is then tested on those.
   */
  #query(wanted: number, r: Random): Pick<Search, 'image' | 'source'> {
    const { seed, streetPhotos, catalogViews } = this.options;
    const spec = specOf(seed, wanted);
    const shot = r.int(Math.max(1, streetPhotos));
    const street = r.chance(STREET_SHARE) && streetPhotos > 0 && !isTestFamily(spec.family);
    if (street && groupOf(spec, shot) !== 'none')
      return { image: `street/${spec.productId}-${shot + 1}.jpg`, source: 'street' };
    const { variant, view } = r.pick(shotList(spec, Math.max(1, catalogViews)));
    const colour = spec.variants.indexOf(variant) + 1;
    return { image: `${spec.productId}/${colour}-${view}.jpg`, source: 'catalog' };
  }

  /** The stand-in for the search: what it would show, best first, or shuffled for a chosen share of the searches. */
  answer(search: Search): { list: number[]; randomised: boolean } {
    const { seed, rankNoise, results, randomised, popularity } = this.options;
    const r = new Random('answer', seed, search.number);
    const list = rank(this.wares, {
      ...{ wanted: search.wanted, hour: search.hour, results, r },
      noise: rankNoise * (search.source === 'street' ? 1.25 : 0.75),
      extra: (product) => (popularity * Math.log1p(this.#clicks[product]!)) / 10,
    });
    const shuffled = r.chance(randomised);
    if (shuffled) shuffle(list, r);
    return { list, randomised: shuffled };
  }

  /** What the shopper makes of an answer, from whatever search: products by index, best first. */
  respond(search: Search, list: readonly number[]): { shown: Shown[]; acts: Act[] } {
    const { seed, eta, wrongClicks } = this.options;
    const r = new Random('respond', seed, search.number);
    const taste = tasteOf(seed, search.shopper);
    const judged = list.map((product) => ({
      product,
      relation: relationOf(this.wares, search.wanted, product),
      liking: liking(taste, this.wares, product),
    }));
    const shown = look(judged, { eta, wrongClicks, r });
    for (const { product, clicked } of shown) if (clicked) this.#clicks[product]! += 1;
    return { shown, acts: act(shown, r) };
  }
}

function kindOf(taste: Taste, r: Random): number {
  let rest = r.next();
  for (const [kind, share] of taste.kinds.entries()) {
    rest -= share;
    if (rest < 0) return kind;
  }
  return taste.kinds.length - 1;
}

function shuffle(list: number[], r: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = r.int(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}
