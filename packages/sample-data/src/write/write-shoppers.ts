import path from 'node:path';
import { BRANDS, KIND_NAMES, PATTERNS } from '../catalog/kinds.ts';
import { specOf } from '../catalog/product-spec.ts';
import { PALETTE } from '../colour.ts';
import type { ShopperOptions } from '../shoppers/options.ts';
import { simulateShoppers } from '../shoppers/simulate-shoppers.ts';
import { tasteOf } from '../shoppers/taste.ts';
import { createTable, LineFile } from './table.ts';

export const EVENT_HEADER = ['time', 'request_id', 'type', 'product_id', 'position'] as const;
export const IMPRESSION_HEADER = [
  'request_id',
  'time',
  'shopper',
  'image',
  'product_id',
  'position',
  'shuffled',
] as const;

/**
 * What a shop would have logged (`events.csv`; `impressions.csv`: everything that was shown, clicked or not), and
 * apart from it what only the simulation knows (`shopper-truth.jsonl` a search, `shopper-tastes.jsonl` a shopper).
 */
export async function writeShoppers(
  out: string,
  options: ShopperOptions,
): Promise<{ searches: number; events: number }> {
  const counts = { searches: 0, events: 0 };
  const file = (name: string): string => path.join(out, name);
  await using events = await createTable(file('events.csv'), EVENT_HEADER);
  await using impressions = await createTable(file('impressions.csv'), IMPRESSION_HEADER);
  await using truth = await LineFile.create(file('shopper-truth.jsonl'));
  await using tastes = await LineFile.create(file('shopper-tastes.jsonl'));
  const idOf = (product: number): string => specOf(options.seed, product).productId;
  for (const search of simulateShoppers(options)) {
    const { requestId, time, shopper, image, shown, acts } = search;
    const ids = shown.map(({ product }) => idOf(product));
    for (const { afterMs, type, position } of acts)
      await events.row([
        new Date(+time + afterMs).toISOString(),
        requestId,
        type,
        ids[position - 1] ?? '',
        position,
      ]);
    const head = [requestId, time.toISOString(), nameOf(shopper), image];
    for (const { position } of shown)
      await impressions.row([...head, ids[position - 1] ?? '', position, search.randomised ? 1 : 0]);
    await truth.json({
      request_id: requestId,
      shopper: nameOf(shopper),
      wanted: idOf(search.wanted),
      shown: shown.map(({ position, relation, attraction, examined, clicked, wrong }) => ({
        product_id: ids[position - 1],
        position,
        relation,
        attraction: Number(attraction.toFixed(4)),
        examined,
        clicked,
        wrong,
      })),
    });
    counts.searches += 1;
    counts.events += acts.length;
  }
  for (let shopper = 0; shopper < options.shoppers; shopper++)
    await tastes.json(describeTaste(options.seed, shopper));
  for (const each of [events, impressions, truth, tastes]) await each.close();
  return counts;
}

const nameOf = (shopper: number): string => `shopper_${String(shopper + 1).padStart(6, '0')}`;

function describeTaste(seed: number, shopper: number): unknown {
  const taste = tasteOf(seed, shopper);
  const named = (names: readonly string[], values: readonly number[]): Record<string, number> =>
    Object.fromEntries(names.map((name, i) => [name, Number((values[i] ?? 0).toFixed(3))]));
  return {
    shopper: nameOf(shopper),
    colour: named(
      PALETTE.map(({ name }) => name),
      taste.colour,
    ),
    pattern: named(PATTERNS, taste.pattern),
    brand: named(
      BRANDS.map(({ name }) => name),
      taste.brand,
    ),
    price: Number(taste.price.toFixed(3)),
    kinds: named(KIND_NAMES, taste.kinds),
  };
}
