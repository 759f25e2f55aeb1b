'use client';
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';

/** What stays of the photo on a phone while the answers scroll. */
const STRIP = 120;

/**
 * On a phone the photo is as high as what is left of its place while the page scrolls, down to a strip that stays; it is
 * always wholly visible. Its place keeps its height, so the page below never jumps. On wide screens the page does not
 * scroll, and nothing happens.
 */
export function ShrinkingPhoto({ ratio, children }: { ratio: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [strip, setStrip] = useState(false);
  useEffect(() => {
    let frame = 0;
    function fit(): void {
      frame = 0;
      const box = place.current;
      if (!box) return;
      const sticky = getComputedStyle(box).position === 'sticky';
      const left = box.offsetHeight + Math.min(0, box.getBoundingClientRect().top);
      const seen = sticky ? Math.max(Math.min(STRIP, box.offsetHeight), left) : box.offsetHeight;
      box.style.setProperty('--seen', sticky ? `${seen}px` : '100%');
      setStrip(sticky && seen <= STRIP + 40 && box.offsetHeight > STRIP + 40);
    }
    const later = (): void => {
      frame ||= requestAnimationFrame(fit);
    };
    fit();
    window.addEventListener('scroll', later, { passive: true });
    window.addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', later);
      window.removeEventListener('resize', later);
    };
  }, []);
  // A picture of another shape has another place.
  useEffect(() => void window.dispatchEvent(new Event('resize')), [ratio]);
  return (
    // biome-ignore lint/a11y: a way back for the finger; keys move the frame, which scrolls to it by itself.
    <div
      ref={place}
      className={strip ? 'pw strip' : 'pw'}
      style={{ '--ratio': ratio } as CSSProperties}
      onClick={() => strip && window.scrollTo({ top: 0, behavior: 'smooth' })}
    >
      <div className="pfit">{children}</div>
    </div>
  );
}
