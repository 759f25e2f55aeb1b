import { type MediaTarget, mediaPath } from '@likeness/core/image/media-token';
import { publicUrl } from './public-api/public-url.ts';

type Signer = Parameters<typeof mediaPath>[0];

/** The origin that pictures are served from, apart from the console's; empty where there is only one. */
export const mediaOrigin = (): string => (process.env.MEDIA_URL ?? '').replace(/\/$/, '');

/** Where a page of the console finds a picture. */
export const mediaUrl = (signer: Signer, target: MediaTarget): string =>
  `${mediaOrigin()}${mediaPath(signer, target)}`;

/** The same for callers elsewhere: always a whole address. */
export const absoluteMediaUrl = (signer: Signer, target: MediaTarget): string =>
  `${mediaOrigin() || publicUrl()}${mediaPath(signer, target)}`;
