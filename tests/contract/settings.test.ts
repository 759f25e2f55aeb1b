import { describe, expect, it } from 'vitest';
import { readSettings } from '../../scripts/launch/settings.ts';

describe('settings of the launcher (contract §1)', () => {
  it('one that is there but empty says nothing: nothing listens on all interfaces by a slip', () => {
    const env: NodeJS.ProcessEnv = {
      HOST: '',
      PORT: ' ',
      LIKENESS_DATA: '',
      LIKENESS_SEED: '',
      AUTH_PROVIDERS: '',
      HOME: '',
    };
    expect(readSettings([], env)).toEqual(readSettings([], {}));
    expect(readSettings([], {})).toMatchObject({ host: '127.0.0.1', port: 3000, seed: 'sample' });
    expect(env, 'the processes started inherit none of them').toEqual({ HOME: '' });
  });
});
