import { CLOTH_PATTERNS, GROCERIES, type Kind, LABEL_PATTERNS, type Pattern } from './kinds.ts';
import type { ProductSpec } from './product-spec.ts';

/**
 * Patterns that a cut of a kind can be drawn with, the likely ones twice; empty for groceries, whose pattern is the
 * ground of their print (`labelPattern`). A pattern that the good would not show must not stand in its text.
 */
export function patternsOf(kind: Kind, style: number): readonly Pattern[] {
  if (GROCERIES.includes(kind)) return [];
  if (kind === 'sneaker') return ['plain', 'plain', 'band', 'stripes'];
  if (kind === 'coat') return ['plain', 'plain', 'band', 'plaid'];
  // Leather, straps and felt come in one colour.
  if (kind === 'boot' || kind === 'watch' || (kind === 'hat' && style === BRIM_HAT)) return ['plain'];
  return CLOTH_PATTERNS;
}

/** What the print of a package lies on. */
export const labelPattern = (emblem: number): Pattern =>
  LABEL_PATTERNS[emblem % LABEL_PATTERNS.length] ?? LABEL_PATTERNS[0];

/** Whether a person sees the second colour: in the pattern, or in trims, soles, ribbons, straps and prints. */
export function showsSecond(spec: Omit<ProductSpec, 'variants'>): boolean {
  const { kind, style, emblem, shape } = spec;
  if (!GROCERIES.includes(kind) && spec.pattern !== 'plain') return true;
  switch (kind) {
    case 'shirt': {
      const [ribbed, neck, block] = [style === 2, shape[3] > 0.5, style !== 1 && emblem % 5 === 3];
      return ribbed || neck || block;
    }
    case 'trousers':
      return emblem % 3 === 0;
    case 'dress':
      return emblem % 4 === 0;
    case 'hat':
      return style !== CAP || emblem % 6 !== 0;
    case 'watch':
      return style === DIVER || emblem % 2 === 1;
    default:
      return true;
  }
}

const [CAP, BRIM_HAT, DIVER] = [0, 2, 1];
