import type en from '../../messages/en.json';

/** Makes a key that is used in code and absent from the catalogue an error of the build. */
declare module 'next-intl' {
  interface AppConfig {
    Messages: typeof en;
    Locale: 'en' | 'zh-CN';
  }
}
