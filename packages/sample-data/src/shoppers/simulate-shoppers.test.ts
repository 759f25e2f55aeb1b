import { describe, expect, it } from 'vitest';
import { specOf } from '../catalog/product-spec.ts';
import { isTestFamily } from '../write/split.ts';
import { examination, type Shown } from './behaviour.ts';
import { type ShopperOptions, settled } from './options.ts';
import { RELATIONS, type Relation } from './ranker.ts';
import { Shoppers } from './shoppers.ts';
import { type SearchSession, simulateShoppers } from './simulate-shoppers.ts';
import { tasteOf } from './taste.ts';
import { Wares } from './wares.ts';

const base: ShopperOptions = {
  products: 400,
  seed: 3,
  catalogViews: 3,
  streetPhotos: 2,
  shoppers: 700,
  searchesEach: 6,
};
const run = (options: Partial<ShopperOptions> = {}): SearchSession[] => [
  ...simulateShoppers({ ...base, ...options }),
];
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const share = (shown: readonly Shown[], test: (each: Shown) => boolean): number =>
  mean(shown.map((each) => Number(test(each))));

/** Slope of log(rate) over log(position), weighted by the number of clicks: −η of the model. */
function slope(shown: readonly Shown[], positions: number, test: (each: Shown) => boolean): number {
  const points = Array.from({ length: positions }, (_, i) => {
    const here = shown.filter((each) => each.position === i + 1);
    return { x: Math.log(i + 1), y: Math.log(share(here, test)), w: here.filter(test).length };
  });
  const all = points.reduce((sum, { w }) => sum + w, 0);
  const [mx, my] = (['x', 'y'] as const).map((k) => points.reduce((s, p) => s + p.w * p[k], 0) / all);
  const top = points.reduce((s, p) => s + p.w * (p.x - mx!) * (p.y - my!), 0);
  return top / points.reduce((s, p) => s + p.w * (p.x - mx!) ** 2, 0);
}

describe('simulated shoppers', () => {
  it('come again exactly as they were from the same seed, and others from another', () => {
    const few = { shoppers: 40 };
    expect(run(few)).toEqual(run(few));
    expect(run(few)[0]?.shown).not.toEqual(run({ ...few, seed: 4 })[0]?.shown);
  });

  it('search in order of time, each search once, for products and with pictures that exist', () => {
    const sessions = run({ shoppers: 300 });
    expect(sessions).toHaveLength(1800);
    expect(new Set(sessions.map((each) => each.requestId)).size).toBe(sessions.length);
    expect(sessions.map((each) => +each.time)).toEqual(
      sessions.map((each) => +each.time).sort((a, b) => a - b),
    );
    for (const { shown, acts, image, wanted, shopper } of sessions) {
      expect(shown.length).toBeLessThanOrEqual(20);
      expect(new Set(shown.map(({ product }) => product)).size).toBe(shown.length);
      expect(shown.every(({ product }) => product >= 0 && product < 400)).toBe(true);
      expect(acts.every(({ product, position }) => shown[position - 1]?.product === product)).toBe(true);
      expect(image).toContain(specOf(3, wanted).productId);
      expect(shopper).toBeLessThan(300);
    }
  });

  it('look down the list as far as the model says, and η can be found again', () => {
    for (const eta of [0.6, 1.2]) {
      const shown = run({ eta, wrongClicks: 0 }).flatMap((each) => each.shown);
      expect(slope(shown, 12, (each) => each.examined)).toBeCloseTo(-eta, 1);
    }
  });

  it('η can be found from clicks alone where answers were shuffled, and not where they were ranked', () => {
    const shuffled = run({ eta: 0.8, randomised: 1, wrongClicks: 0.2, shoppers: 1500 });
    const ranked = run({ eta: 0.8, randomised: 0, wrongClicks: 0.2 });
    const clicked = (each: Shown): boolean => each.clicked;
    const found = slope(
      shuffled.flatMap((each) => each.shown),
      12,
      clicked,
    );
    expect(Math.abs(found + 0.8)).toBeLessThan(0.15);
    expect(
      slope(
        ranked.flatMap((each) => each.shown),
        12,
        clicked,
      ),
    ).toBeLessThan(-1.1);
  });

  it.each([0, 0.1, 0.2, 0.4, 0.6, 0.8])(
    'click wrongly as often as told in what is logged: %d',
    (wrongClicks) => {
      const clicks = run({ wrongClicks, shoppers: 1000 }).flatMap(({ shown, acts }) =>
        acts.filter(({ type }) => type === 'click').map(({ position }) => shown[position - 1] as Shown),
      );
      expect(clicks.length).toBeGreaterThan(2000);
      expect(Math.abs(share(clicks, (each) => each.wrong) - wrongClicks)).toBeLessThan(0.02);
      expect(clicks.some((each) => each.wrong && each.relation === 'same')).toBe(false);
    },
  );

  it('click in the log exactly where the truth says so', () => {
    for (const wrongClicks of [0, 0.4])
      for (const { shown, acts } of run({ wrongClicks })) {
        const logged = acts.filter(({ type }) => type === 'click').map(({ position }) => position);
        expect(logged.toSorted((a, b) => a - b)).toEqual(
          shown.filter((each) => each.clicked).map(({ position }) => position),
        );
      }
  });

  it('clicks weighed by 1/θ give the true relevance back; counted plainly they do not', () => {
    const sessions = run({ wrongClicks: 0, shoppers: 1000 });
    const shown = sessions.flatMap((each) => each.shown);
    const of = (relation: Relation): Shown[] => shown.filter((each) => each.relation === relation);
    const weighed = RELATIONS.map((each) =>
      mean(of(each).map(({ clicked, position }) => (clicked ? 1 / examination(position, 1) : 0))),
    );
    const truth = RELATIONS.map((each) => mean(of(each).map(({ attraction }) => attraction)));
    const plain = RELATIONS.map((each) => share(of(each), ({ clicked }) => clicked));
    for (const [i, estimate] of weighed.entries()) {
      // A click of chance θa weighs 1/θ: its variance is a/θ − a².
      const spread = of(RELATIONS[i]!).map(
        ({ attraction: a, position }) => a / examination(position, 1) - a ** 2,
      );
      const error = Math.sqrt(mean(spread) / spread.length);
      expect(Math.abs(estimate - truth[i]!)).toBeLessThan(4 * error);
      expect(error).toBeLessThan(0.1 * truth[0]!);
    }
    expect(weighed.toSorted((a, b) => b - a)).toEqual(weighed);
    expect(plain[1]! / plain[0]!).toBeLessThan(0.75 * (truth[1]! / truth[0]!));
  });

  it('buy what they like: a loved colour far more often than a disliked one', () => {
    const wares = new Wares(settled(base));
    const bought = { loved: 0, disliked: 0 };
    for (const { shopper, acts } of run()) {
      const { colour } = tasteOf(base.seed, shopper);
      for (const { type, product } of acts) {
        const weight = colour[wares.colour[product]!]!;
        if (type === 'purchase' && weight === 2) bought.loved += 1;
        if (type === 'purchase' && weight === -2) bought.disliked += 1;
      }
    }
    expect(bought.loved).toBeGreaterThan(100);
    expect(bought.loved / (bought.disliked + 1)).toBeGreaterThan(8);
  });

  it('view before they click, click before they fill the cart, and that before they pay; wrong clicks sell nothing', () => {
    const sessions = run();
    const count: Record<string, number> = {};
    const broken: string[] = [];
    for (const { acts, shown } of sessions) {
      const done = new Set<string>();
      for (const { type, product } of acts) {
        const before = { click: 'view', cart: 'click', purchase: 'cart', not_same: 'click' }[type as 'click'];
        if ((before && !done.has(`${before} ${product}`)) || done.has(`${type} ${product}`))
          broken.push(`${type} ${product}`);
        done.add(`${type} ${product}`);
        count[type] = (count[type] ?? 0) + 1;
      }
      broken.push(
        ...shown.filter((each) => each.wrong && done.has(`cart ${each.product}`)).map(() => 'wrong'),
      );
      if (acts.some(({ afterMs }, i) => afterMs < (acts[i - 1]?.afterMs ?? 0))) broken.push('order');
    }
    expect(broken).toEqual([]);
    expect(count.view!).toBeGreaterThan(count.click!);
    expect(count.click!).toBeGreaterThan(count.cart!);
    expect(count.cart!).toBeGreaterThan(count.purchase!);
    expect(count.purchase!).toBeGreaterThan(150);
    expect(count.not_same!).toBeGreaterThan(25);
  });

  it('see new products only once they have arrived, and sleep at night', () => {
    const how = settled(base);
    const wares = new Wares(how);
    const hours = new Array<number>(24).fill(0);
    let [early, late] = [0, 0];
    for (const { time, shown, wanted } of run()) {
      const hour = (+time - +how.start) / 3_600_000;
      hours[time.getUTCHours()]! += 1;
      for (const product of [wanted, ...shown.map((each) => each.product)]) {
        early += Number(wares.arrival[product]! > hour);
        late += Number(wares.arrival[product]! > 0);
      }
    }
    expect(early).toBe(0);
    expect(late).toBeGreaterThan(1000);
    expect(hours[20]! / hours[3]!).toBeGreaterThan(8);
  });

  it('never search with the street photos that are test queries', () => {
    const street = run({ shoppers: 300 }).filter((each) => each.source === 'street');
    expect(street.length).toBeGreaterThan(300);
    expect(street.every(({ wanted }) => !isTestFamily(specOf(3, wanted).family))).toBe(true);
  });

  it('see fewer new products where the ranker likes what was clicked before', () => {
    const wares = new Wares(settled(base));
    const newShare = (popularity: number): number =>
      mean(
        run({ popularity, shoppers: 1000, days: 10 })
          .slice(3000)
          .flatMap((each) => each.shown.slice(0, 5))
          .map(({ product }) => Number(wares.arrival[product]! > 0)),
      );
    expect(newShare(1.5)).toBeLessThan(0.8 * newShare(0));
  });

  it('answer to a real search as they do to the stand-in', () => {
    const shoppers = new Shoppers({ ...base, shoppers: 50, wrongClicks: 0, eta: 0 });
    let [right, clicks] = [0, 0];
    for (const search of shoppers.searches()) {
      const strangers = [5, 60, 120].filter((product) => product !== search.wanted);
      const { shown, acts } = shoppers.respond(search, [...strangers, search.wanted]);
      expect(shown.map((each) => each.product)).toEqual([...strangers, search.wanted]);
      right += Number(shown.at(-1)?.clicked);
      clicks += acts.filter((each) => each.type === 'click').length;
    }
    expect(right).toBeGreaterThan(0.6 * 300);
    expect(right / clicks).toBeGreaterThan(0.9);
  });
});
