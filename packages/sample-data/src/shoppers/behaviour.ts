import type { Random } from '../random.ts';
import type { Relation } from './ranker.ts';

/** A product in an answer, with the truth of why it was or was not clicked. */
export type Shown = {
  position: number;
  product: number;
  relation: Relation;
  /** σ(utility): how much this shopper likes it. */
  liking: number;
  /** P(click | examined) of a click that is meant: the true relevance for this shopper. */
  attraction: number;
  examined: boolean;
  clicked: boolean;
  /** Clicked for no reason that has to do with the search. */
  wrong: boolean;
};
export type EventType = 'view' | 'click' | 'cart' | 'purchase' | 'not_same';
export type Act = { afterMs: number; type: EventType; product: number; position: number };

/** P(click | examined) before taste: what somebody who looks for one product makes of another. */
const APPEAL: Record<Relation, number> = { same: 0.85, sibling: 0.35, alike: 0.07, kind: 0.02, other: 0.005 };
/** How far a click of each kind leads on. */
const INTENT: Record<Relation, number> = { same: 1, sibling: 0.6, alike: 0.5, kind: 0.3, other: 0.1 };
const NOT_SAME = 0.06;
/** Tiles of a phone's first screen; scrolling shows rows of two. */
const FIRST_SCREEN = 6;

/** Appeal × (0.4 + 1.2 × liking), at most 0.98: taste can halve or nearly double it. */
export const attractionOf = (relation: Relation, liking: number): number =>
  Math.min(0.98, APPEAL[relation] * (0.4 + 1.2 * liking));

/** Position bias of the position-based model: θ(k) = k^−η (Joachims, Swaminathan, Schnabel 2017, §5.1). */
export const examination = (position: number, eta: number): number => position ** -eta;

/**
 * Position-based click model (Craswell, Zoeter, Taylor, Ramsey 2008): P(click) = θ(position) × attraction, each
 * product by itself. Before every click that is meant, wrong ones happen with chance w, again and again, so that the
 * share of wrong clicks is w: they fall on what was not clicked, by θ alone, never on the product that is wanted.
 */
export function look(
  list: readonly Pick<Shown, 'product' | 'relation' | 'liking'>[],
  how: { eta: number; wrongClicks: number; r: Random },
): Shown[] {
  const { eta, wrongClicks, r } = how;
  const shown = list.map((each, i): Shown => {
    const attraction = attractionOf(each.relation, each.liking);
    const examined = r.chance(examination(i + 1, eta));
    const clicked = r.chance(attraction) && examined;
    return { ...each, position: i + 1, attraction, examined, clicked, wrong: false };
  });
  const meant = shown.filter((each) => each.clicked).length;
  for (let i = 0; i < meant; i++)
    while (r.chance(wrongClicks)) {
      const slip = byPosition(
        shown.filter((each) => !each.clicked && each.relation !== 'same'),
        eta,
        r,
      );
      if (!slip) break;
      slip.examined = slip.clicked = slip.wrong = true;
    }
  return shown;
}

function byPosition(among: Shown[], eta: number, r: Random): Shown | undefined {
  let rest = r.next() * among.reduce((sum, each) => sum + examination(each.position, eta), 0);
  for (const each of among) {
    rest -= examination(each.position, eta);
    if (rest < 0) return each;
  }
  return among.at(-1);
}

/**
 * What a tracker in the shop records: `view` for each tile that came on the screen (down to the last one looked at),
 * clicks from top to bottom, then P(cart | meant click) = 0.7 × intent × liking and P(purchase | cart) = 0.2 + 0.5 ×
 * liking. A shopper pays last, for one thing at most: a purchase in between would cut off clicks further down, and the
 * log would hold another share of wrong clicks, and another position bias, than was asked for. A click on another
 * product than the wanted one may be answered by `not_same`.
 */
export function act(shown: readonly Shown[], r: Random): Act[] {
  const deepest = shown.findLast((each) => each.examined)?.position ?? 0;
  const seen = Math.min(shown.length, Math.max(FIRST_SCREEN, deepest + (deepest % 2)));
  const acts: Act[] = shown
    .slice(0, seen)
    .map(({ product, position }) => ({ afterMs: 300 + position * 450, type: 'view', product, position }));
  let clock = 1_000;
  const cart: Shown[] = [];
  for (const each of shown) {
    const { position, relation, liking, clicked, wrong } = each;
    if (!clicked) continue;
    const record = (type: EventType, low: number, high: number): void => {
      clock += Math.round(r.between(low, high));
      acts.push({ afterMs: clock, type, product: each.product, position });
    };
    clock = Math.max(clock, 300 + position * 450);
    record('click', 1_500, 9_000);
    if (wrong || !r.chance(0.7 * INTENT[relation] * liking)) {
      if (relation !== 'same' && r.chance(NOT_SAME)) record('not_same', 2_000, 12_000);
      continue;
    }
    record('cart', 8_000, 90_000);
    cart.push(each);
  }
  const bought = cart.find(({ liking }) => r.chance(0.2 + 0.5 * liking));
  if (bought) {
    const { product, position } = bought;
    acts.push({
      afterMs: clock + Math.round(r.between(40_000, 600_000)),
      type: 'purchase',
      product,
      position,
    });
  }
  return acts.sort((a, b) => a.afterMs - b.afterMs);
}
