import { PALETTE } from './colour.ts';
import { Random } from './random.ts';

export const KINDS = [
  'sneaker',
  'boot',
  'shirt',
  'dress',
  'trousers',
  'hat',
  'bag',
  'bottle',
  'box',
  'can',
] as const;
export type Kind = (typeof KINDS)[number];
export const PATTERNS = ['plain', 'stripes', 'dots', 'plaid', 'band', 'chevron'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** Everything that makes one product look as it does. Siblings of a family differ in `detail` alone. */
export type ProductSpec = {
  index: number;
  productId: string;
  family: number;
  kind: Kind;
  main: number;
  second: number;
  accent: number;
  pattern: Pattern;
  /** Proportions, each 0..1. */
  length: number;
  height: number;
  curve: number;
  /** Which of the kind's details it has: buttons, buckle, stripe, pocket, badge. */
  detail: number;
  emblem: number;
};

export const DETAILS = 4;
export const EMBLEMS = 6;
/** Products of one family, made one after the other. */
const FAMILY = 3;

/** The i-th product of a seed. Families share everything but one detail. */
export function specOf(seed: number, index: number): ProductSpec {
  const family = Math.floor(index / FAMILY);
  const r = new Random('family', seed, family);
  const kind = KINDS[family % KINDS.length] as Kind;
  const main = r.int(PALETTE.length);
  const second = (main + 1 + r.int(PALETTE.length - 1)) % PALETTE.length;
  const base = {
    kind,
    main,
    second,
    accent: r.int(PALETTE.length),
    pattern: r.pick(PATTERNS),
    length: r.next(),
    height: r.next(),
    curve: r.next(),
    emblem: r.int(EMBLEMS),
  };
  const detail = (r.int(DETAILS) + (index % FAMILY)) % DETAILS;
  return { index, productId: `LK-${seed}-${String(index + 1).padStart(5, '0')}`, family, detail, ...base };
}

const WORDS: Record<Kind, { en: string; zh: string; category: string; price: [number, number] }> = {
  sneaker: { en: 'Sneaker', zh: '运动鞋', category: 'Shoes', price: [49, 139] },
  boot: { en: 'Ankle boot', zh: '短靴', category: 'Shoes', price: [79, 219] },
  shirt: { en: 'T-shirt', zh: 'T恤', category: 'Tops', price: [15, 49] },
  dress: { en: 'Dress', zh: '连衣裙', category: 'Dresses', price: [39, 129] },
  trousers: { en: 'Trousers', zh: '长裤', category: 'Trousers', price: [35, 119] },
  hat: { en: 'Cap', zh: '帽子', category: 'Hats', price: [12, 45] },
  bag: { en: 'Bag', zh: '手提包', category: 'Bags', price: [45, 249] },
  bottle: { en: 'Juice bottle', zh: '果汁', category: 'Groceries', price: [2, 6] },
  box: { en: 'Tea box', zh: '茶盒', category: 'Groceries', price: [3, 12] },
  can: { en: 'Can', zh: '罐头', category: 'Groceries', price: [1, 5] },
};
const DETAIL_WORDS = ['classic', 'with a badge', 'with a stripe', 'with a pocket'];
const DETAIL_ZH = ['经典款', '徽章款', '条纹款', '口袋款'];

export type ProductText = {
  title: string;
  titleZh: string;
  description: string;
  category: string;
  price: number;
  attributes: Record<string, string>;
};

/** Title, description, category, price and attributes from the same parameters as the picture. */
export function textOf(spec: ProductSpec): ProductText {
  const words = WORDS[spec.kind];
  const colour = PALETTE[spec.main] ?? PALETTE[0];
  const second = PALETTE[spec.second] ?? PALETTE[0];
  const r = new Random('price', spec.productId);
  const price = Math.round(r.between(...words.price)) - 0.05;
  const detail = DETAIL_WORDS[spec.detail] ?? '';
  const pattern = spec.pattern === 'plain' ? '' : `, ${spec.pattern} in ${second?.name}`;
  return {
    title: `${words.en} ${spec.family + 1} ${colour?.name}`,
    titleZh: `${colour?.zh}${words.zh} ${spec.family + 1}`,
    description: `${words.en} in ${colour?.name}${pattern}, ${detail}. ${colour?.zh}${words.zh}，${DETAIL_ZH[spec.detail]}。`,
    category: words.category,
    price,
    attributes: {
      colour: colour?.name ?? '',
      second_colour: second?.name ?? '',
      pattern: spec.pattern,
      kind: spec.kind,
      detail,
    },
  };
}
