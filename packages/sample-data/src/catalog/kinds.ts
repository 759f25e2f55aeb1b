/** What the shop sells. `detail` is how many ways a sibling's one detail can look; `styles` are different cuts. */
export const KINDS = {
  sneaker: {
    en: ['Runner', 'High-top', 'Court shoe'],
    zh: ['跑鞋', '高帮鞋', '板鞋'],
    category: 'Shoes',
    price: [49, 159],
  },
  boot: {
    en: ['Ankle boot', 'Chelsea boot', 'Heeled boot'],
    zh: ['短靴', '切尔西靴', '高跟靴'],
    category: 'Boots',
    price: [79, 239],
  },
  shirt: {
    en: ['T-shirt', 'Polo shirt', 'Sweatshirt'],
    zh: ['T恤', '马球衫', '卫衣'],
    category: 'Shirts',
    price: [15, 69],
  },
  coat: {
    en: ['Trench coat', 'Puffer jacket', 'Wool coat'],
    zh: ['风衣', '羽绒服', '羊毛大衣'],
    category: 'Coats',
    price: [89, 329],
  },
  trousers: {
    en: ['Straight trousers', 'Wide trousers', 'Shorts'],
    zh: ['直筒裤', '阔腿裤', '短裤'],
    category: 'Trousers',
    price: [29, 119],
  },
  dress: {
    en: ['Summer dress', 'Shift dress', 'Maxi dress'],
    zh: ['夏日裙', '直身裙', '长裙'],
    category: 'Dresses',
    price: [39, 149],
  },
  hat: {
    en: ['Cap', 'Beanie', 'Brim hat'],
    zh: ['棒球帽', '毛线帽', '礼帽'],
    category: 'Hats',
    price: [12, 59],
  },
  bag: {
    en: ['Tote bag', 'Satchel', 'Backpack'],
    zh: ['托特包', '剑桥包', '双肩包'],
    category: 'Bags',
    price: [45, 249],
  },
  watch: {
    en: ['Field watch', 'Diver', 'Dress watch'],
    zh: ['野战表', '潜水表', '正装表'],
    category: 'Watches',
    price: [79, 499],
  },
  carton: {
    en: ['Tea', 'Biscuits', 'Cereal'],
    zh: ['红茶', '饼干', '麦片'],
    category: 'Groceries',
    price: [2, 9],
  },
  bottle: {
    en: ['Juice', 'Olive oil', 'Soy sauce'],
    zh: ['果汁', '橄榄油', '酱油'],
    category: 'Groceries',
    price: [2, 14],
  },
  can: {
    en: ['Soda', 'Tomatoes', 'Coffee'],
    zh: ['汽水', '番茄', '咖啡'],
    category: 'Groceries',
    price: [1, 6],
  },
  pouch: {
    en: ['Chips', 'Rice', 'Nuts'],
    zh: ['薯片', '大米', '坚果'],
    category: 'Groceries',
    price: [1, 8],
  },
} as const satisfies Record<
  string,
  { en: readonly string[]; zh: readonly string[]; category: string; price: readonly [number, number] }
>;

export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as Kind[];
export const GROCERIES: readonly Kind[] = ['carton', 'bottle', 'can', 'pouch'];

/** Repeats of cloth. */
export const CLOTH_PATTERNS = [
  'plain',
  'stripes',
  'dots',
  'plaid',
  'band',
  'chevron',
  'floral',
  'camouflage',
  'houndstooth',
] as const;
/** What the print of a package lies on. */
export const LABEL_PATTERNS = ['wave', 'band', 'stripes', 'discs', 'dots', 'peaks'] as const;
export const PATTERNS = [...CLOTH_PATTERNS, 'wave', 'discs', 'peaks'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** Made-up makers: name, name in Chinese, how it writes itself. */
export const BRANDS = [
  { name: 'NORDLI', zh: '北里', face: 'poster' },
  { name: 'Solano', zh: '日光', face: 'script' },
  { name: 'ATELIER 9', zh: '九坊', face: 'serif' },
  { name: 'Kumo', zh: '云朵', face: 'script' },
  { name: 'FERROVIA', zh: '铁道', face: 'poster' },
  { name: 'Maison Orme', zh: '榆木', face: 'serif' },
  { name: 'TIDE & CO', zh: '潮汐', face: 'plain' },
  { name: 'Lindgard', zh: '林园', face: 'serif' },
  { name: 'OKTO', zh: '八号', face: 'poster' },
  { name: 'Verde', zh: '青山', face: 'script' },
] as const;

/** Words that are the only difference between grocery siblings. */
export const FLAVOURS = [
  { en: 'CLASSIC', zh: '经典' },
  { en: 'LEMON', zh: '柠檬' },
  { en: 'ROSE', zh: '玫瑰' },
  { en: 'GINGER', zh: '生姜' },
  { en: 'HONEY', zh: '蜂蜜' },
  { en: 'PEACH', zh: '桃子' },
] as const;
