/** What makes a street photo hard; each is a group of the evaluation. `plain` is what a patient shopper takes. */
export const STREET_GROUPS = [
  'plain',
  'perspective',
  'rotated',
  'upside_down',
  'hard_light',
  'mixed_light',
  'blur',
  'noise',
  'occluded',
  'worn',
  'shelf',
  'screenshot',
  'several',
  'none',
] as const;
export type StreetGroup = (typeof STREET_GROUPS)[number];
