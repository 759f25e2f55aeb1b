'use client';
import { LIMITS } from '@likeness/contracts/limits';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { whatFile } from './what-file.ts';

/** Refusals of the photo itself: another try of it would be refused again. */
const OF_THE_PHOTO = new Set([
  'image_required',
  'unsupported_image',
  'image_corrupt',
  'image_too_large',
  'image_timeout',
  'payload_too_large',
]);
export const isOfThePhoto = (code: string): boolean => OF_THE_PHOTO.has(code);

/** What a file is refused for before it travels; the server would say the same, but may cut the upload off. */
export function refusalOf({ size }: { size: number }): string | null {
  if (size === 0) return 'image_required';
  return size > LIMITS.imageBytesMax ? 'payload_too_large' : null;
}

const BOUNDS = { megabytes: LIMITS.imageBytesMax / 1024 ** 2, pixels: LIMITS.imagePixelsMax };

/** Why a search came to nothing, in the reader's language. */
export function useFaultWords(): (code: string, file: File | null) => Promise<string> {
  const error = useTranslations('error');
  const tester = useTranslations('tester.fault');
  return useCallback(
    async (code, file) => {
      const kind = code === 'unsupported_image' && file ? await whatFile(file).catch(() => null) : null;
      if (kind?.is === 'HEIC') return error('heic');
      if (kind) {
        const honest = kind.says.slice(1).toUpperCase() === kind.is;
        return error(honest ? 'notReadable' : 'notPicture', kind);
      }
      if (tester.has(code as 'overloaded')) return tester(code as 'overloaded', BOUNDS);
      return error(error.has(code as 'generic') ? (code as 'generic') : 'generic');
    },
    [error, tester],
  );
}
