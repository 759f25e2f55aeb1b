'use client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Minimum, minimumOf } from './box-geometry.ts';

type Size = { width: number; height: number };
const NONE: Size = { width: 0, height: 0 };

/** How large the photo is on the screen, and with it the smallest box that can be made on it. */
export function usePhotoSize(photo: RefObject<HTMLDivElement | null>, zoom: RefObject<number>) {
  const full = useRef(NONE);
  const [shown, setShown] = useState(NONE);
  useEffect(() => {
    const element = photo.current;
    const place = element?.closest('.pw');
    if (!element || !place) return;
    const observer = new ResizeObserver((entries) => {
      const now = element.getBoundingClientRect();
      const [width, height] = [now.width / zoom.current, now.height / zoom.current];
      const other = Math.abs(width * full.current.height - height * full.current.width) > width + height;
      if (other || width > full.current.width || entries.some(({ target }) => target === place))
        full.current = { width, height };
      setShown({ width: now.width, height: now.height });
    });
    observer.observe(element);
    observer.observe(place);
    return () => observer.disconnect();
  }, []);

  /** By the photo's full size: a box does not grow because a phone shows the photo as a strip while the page scrolls. */
  function minimum(source: Size | null): Minimum {
    const whole = { width: full.current.width * zoom.current, height: full.current.height * zoom.current };
    return minimumOf(whole, source ?? whole);
  }
  return { shown, minimum };
}
