/** What is counted for money. `choose` and detect calls are `detect`; a found search is `search`. */
export const METERS = ['search', 'detect'] as const;
export type Meter = (typeof METERS)[number];
export type MeteredOutcome = 'found' | 'no_object' | 'choose' | 'detect';

/** One ledger row of an answered request: its meter, and whether it costs (contract §5). */
export function meterOf(
  outcome: MeteredOutcome,
  source: 'api' | 'console' | 'evaluation',
): { meter: Meter; billable: boolean } {
  const meter = outcome === 'found' || outcome === 'no_object' ? 'search' : 'detect';
  return { meter, billable: source === 'api' && outcome !== 'no_object' };
}

/** What an answer says it cost. */
export function costOf(
  outcome: MeteredOutcome,
  source: 'api' | 'console' | 'evaluation',
): Record<string, number> {
  const { meter, billable } = meterOf(outcome, source);
  return billable ? { [meter]: 1 } : {};
}
