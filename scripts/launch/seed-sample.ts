import type { Rest } from './rest.ts';
import type { Settings } from './settings.ts';

export async function seedSample(_settings: Settings, _rest: Rest): Promise<void> {}
export async function growSample(_settings: Settings, _rest: Rest): Promise<void> {}
