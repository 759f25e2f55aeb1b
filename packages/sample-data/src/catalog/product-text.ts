import { PALETTE } from '../colour.ts';
import { showsSecond } from './drawn.ts';
import { BRANDS, FLAVOURS, GROCERIES, KINDS, type Pattern } from './kinds.ts';
import { priceOf } from './price.ts';
import type { ProductSpec, Variant } from './product-spec.ts';

export type ProductText = {
  title: string;
  titleZh: string;
  description: string;
  category: string;
  price: number;
  attributes: Record<(typeof ATTRIBUTES)[number], string>;
};
export const ATTRIBUTES = [
  'brand',
  'colour',
  'second_colour',
  'pattern',
  'kind',
  'style',
  'detail',
  'title_zh',
] as const;

const DETAIL_EN = [
  'without a mark',
  'with a round mark',
  'with a star',
  'with a double bar',
  'with a ring',
  'with a pennant',
];
const DETAIL_ZH = ['无标款', '圆标款', '星标款', '双杠款', '圆环款', '三角旗款'];
const PATTERN_ZH: Record<Pattern, string> = {
  plain: '纯色',
  stripes: '条纹',
  dots: '波点',
  plaid: '格子',
  band: '拼色',
  chevron: '人字纹',
  floral: '碎花',
  camouflage: '迷彩',
  houndstooth: '千鸟格',
  wave: '波浪',
  discs: '圆盘',
  peaks: '山峰',
};

/** Title, description, category, price and attributes in two languages, from the same parameters as the picture. */
export function textOf(spec: ProductSpec, variant: Variant = spec.variants[0]): ProductText {
  const kind = KINDS[spec.kind];
  const brand = BRANDS[spec.brand] ?? BRANDS[0];
  const name = kind.en[spec.style] ?? kind.en[0];
  const nameZh = kind.zh[spec.style] ?? kind.zh[0];
  const grocery = GROCERIES.includes(spec.kind);
  const colour = PALETTE[variant.colours.main] ?? PALETTE[0];
  const second = PALETTE[variant.colours.second] ?? PALETTE[0];
  const flavour = FLAVOURS[spec.detail] ?? FLAVOURS[0];
  const detail = grocery ? flavour.en.toLowerCase() : (DETAIL_EN[spec.detail] ?? '');
  const detailZh = grocery ? flavour.zh : (DETAIL_ZH[spec.detail] ?? '');
  // What tells siblings apart stands in the title too; no mark needs no word.
  const marked = spec.detail === 0 ? '' : `, ${detail}`;
  const markedZh = spec.detail === 0 ? '' : ` ${detailZh}`;
  const patterned = spec.pattern === 'plain' || grocery ? '' : `, ${spec.pattern} with ${second.name}`;
  const titleZh = grocery
    ? `${brand.zh} ${detailZh}${nameZh}`
    : `${brand.zh} ${colour.zh}${nameZh} ${spec.family + 1}${markedZh}`;
  return {
    title: grocery
      ? `${brand.name} ${name} ${detail}`
      : `${brand.name} ${name} ${spec.family + 1} ${colour.name}${marked}`,
    titleZh,
    description: grocery
      ? `${name} by ${brand.name}, ${detail}. ${brand.zh}${detailZh}${nameZh}。`
      : `${name} by ${brand.name} in ${colour.name}${patterned}, ${detail}. ${brand.zh}${colour.zh}${PATTERN_ZH[spec.pattern]}${nameZh}，${detailZh}。`,
    category: kind.category,
    price: priceOf(spec),
    attributes: {
      brand: brand.name,
      colour: colour.name,
      second_colour: showsSecond(spec) ? second.name : '',
      pattern: spec.pattern,
      kind: spec.kind,
      style: name,
      detail,
      title_zh: titleZh,
    },
  };
}
