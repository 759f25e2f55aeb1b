/** Hue in degrees, saturation and lightness in 0..1. */
export type Colour = { h: number; s: number; l: number };

const hex = (value: number): string =>
  Math.round(Math.min(1, Math.max(0, value)) * 255)
    .toString(16)
    .padStart(2, '0');

export function toHex({ h, s, l }: Colour): string {
  const a = s * Math.min(l, 1 - l);
  const channel = (n: number): number => {
    const k = (n + h / 30) % 12;
    return l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return `#${hex(channel(0))}${hex(channel(8))}${hex(channel(4))}`;
}

export const shade = (colour: Colour, by: number): Colour => ({
  ...colour,
  l: Math.min(0.97, Math.max(0.04, colour.l + by)),
});

/** Colours that goods come in, with their names in two languages. */
type Named = { name: string; zh: string; colour: Colour };
export const PALETTE: readonly [Named, ...Named[]] = [
  { name: 'white', zh: '白色', colour: { h: 40, s: 0.12, l: 0.93 } },
  { name: 'black', zh: '黑色', colour: { h: 230, s: 0.06, l: 0.13 } },
  { name: 'grey', zh: '灰色', colour: { h: 220, s: 0.05, l: 0.52 } },
  { name: 'navy', zh: '藏青', colour: { h: 222, s: 0.5, l: 0.22 } },
  { name: 'blue', zh: '蓝色', colour: { h: 212, s: 0.55, l: 0.45 } },
  { name: 'sky', zh: '天蓝', colour: { h: 203, s: 0.5, l: 0.7 } },
  { name: 'green', zh: '绿色', colour: { h: 145, s: 0.35, l: 0.34 } },
  { name: 'olive', zh: '橄榄', colour: { h: 72, s: 0.3, l: 0.36 } },
  { name: 'mint', zh: '薄荷', colour: { h: 158, s: 0.35, l: 0.74 } },
  { name: 'red', zh: '红色', colour: { h: 4, s: 0.65, l: 0.42 } },
  { name: 'wine', zh: '酒红', colour: { h: 345, s: 0.5, l: 0.26 } },
  { name: 'pink', zh: '粉色', colour: { h: 348, s: 0.5, l: 0.78 } },
  { name: 'orange', zh: '橙色', colour: { h: 24, s: 0.75, l: 0.52 } },
  { name: 'mustard', zh: '芥黄', colour: { h: 42, s: 0.65, l: 0.5 } },
  { name: 'tan', zh: '驼色', colour: { h: 30, s: 0.4, l: 0.55 } },
  { name: 'brown', zh: '棕色', colour: { h: 22, s: 0.4, l: 0.28 } },
  { name: 'sand', zh: '沙色', colour: { h: 38, s: 0.3, l: 0.76 } },
  { name: 'violet', zh: '紫色', colour: { h: 268, s: 0.35, l: 0.42 } },
];

/** Linear light of a colour, each 0..1 (IEC 61966-2-1). */
export function toLinear(colour: Colour): [number, number, number] {
  const hexa = toHex(colour);
  return [1, 3, 5].map((at) => {
    const c = Number.parseInt(hexa.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
}

/** Mean difference of the channels (sRGB, of 255) under which two colours of one good look the same on a small part. */
const TELLABLE = 32;

/** Whether two colours of the palette are too near each other to be two colours of one product. */
export function alike(one: number, other: number): boolean {
  const [a, b] = [one, other].map((index) => toHex((PALETTE[index] ?? PALETTE[0]).colour)) as [
    string,
    string,
  ];
  const channel = (hexa: string, at: number): number => Number.parseInt(hexa.slice(at, at + 2), 16);
  return [1, 3, 5].reduce((sum, at) => sum + Math.abs(channel(a, at) - channel(b, at)), 0) / 3 < TELLABLE;
}
