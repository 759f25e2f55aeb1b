import type { Rest } from './rest.ts';
import type { Settings } from './settings.ts';

export async function runOnce(_settings: Settings, _rest: Rest): Promise<unknown> {
  return {};
}
