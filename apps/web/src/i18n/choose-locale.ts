export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** What the person chose, else the first language of the browser that we speak, else English. */
export function chooseLocale(chosen: string | undefined, accepted: string | null): Locale {
  const known = LOCALES.find((each) => each === chosen);
  if (known) return known;
  const wishes = (accepted ?? '').split(',').map((each) => {
    const [tag = '', weight] = each.trim().split(';q=');
    return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
  });
  for (const { tag } of wishes.toSorted((a, b) => b.weight - a.weight)) {
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}
