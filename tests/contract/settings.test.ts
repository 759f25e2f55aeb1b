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

  it.each([
    [{ MEDIA_PORT: 'abc' }, 'MEDIA_PORT=abc is not a port number.'],
    [{ PUBLIC_URL: 'foo' }, 'PUBLIC_URL=foo is not an address'],
    [{ MEDIA_URL: 'ftp://x' }, 'MEDIA_URL=ftp://x is not an address'],
    [{ INFERENCE_PROVIDER: 'tpu' }, 'neither cpu nor cuda'],
    [{ DATABASE_URL: 'postgres://x/y' }, 'DATABASE_OWNER_URL is needed beside it'],
    [{ AUTH_PROVIDERS: '{bad' }, 'AUTH_PROVIDERS is not a JSON list'],
    [{ AUTH_PROVIDERS: '[{"id":"x"}]' }, 'AUTH_PROVIDERS is not a JSON list'],
  ])('refuses %j in one line', (env, line) => {
    expect(() => readSettings([], env)).toThrow(line);
  });

  it('takes what is right', () => {
    const github = '[{"id":"github","clientId":"a","clientSecret":"b"}]';
    const env = { MEDIA_PORT: '4000', PUBLIC_URL: 'https://shop.example', AUTH_PROVIDERS: github };
    expect(readSettings([], env)).toMatchObject({ mediaPort: 4000 });
  });
});
