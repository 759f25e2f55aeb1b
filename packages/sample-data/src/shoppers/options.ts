export type ShopperOptions = {
  /** Of the sample whose products are searched: its number of products, seed and pictures a product. */
  products: number;
  seed: number;
  catalogViews: number;
  streetPhotos: number;
  shoppers: number;
  /** Searches of the whole simulation = shoppers × this; some people search often, some never. */
  searchesEach?: number;
  days?: number;
  /** Midnight (UTC) of the first day. */
  start?: Date;
  /** Products in an answer. */
  results?: number;
  /** Position bias: P(examined | position) = position^−η, position from 1. 0 = everything is looked at. */
  eta?: number;
  /** Share of all clicks that have nothing to do with what the shopper wants. */
  wrongClicks?: number;
  /** Share of the searches whose answer is shuffled, so that position bias can be measured from clicks alone. */
  randomised?: number;
  /** Share of the products that arrive during the simulation; the others are there from the first minute. */
  newProducts?: number;
  /** Standard deviation of the ranker's error, in units of similarity (0..1). */
  rankNoise?: number;
  /**
   * How much the ranker likes what was clicked before: score + popularity × ln(1 + clicks) / 10. Above 0 classics grow
   * ever stronger and new products are seldom seen (the filter bubble).
   */
  popularity?: number;
};
export type Settled = Required<ShopperOptions>;

export const SHOPPER_DEFAULTS = {
  searchesEach: 6,
  days: 28,
  start: new Date('2026-01-05T00:00:00Z'),
  results: 20,
  eta: 1,
  wrongClicks: 0.2,
  randomised: 0.05,
  newProducts: 0.2,
  rankNoise: 0.1,
  popularity: 0,
} as const;

export const settled = (options: ShopperOptions): Settled => ({ ...SHOPPER_DEFAULTS, ...options });
