'use client';
import type { Box } from '@likeness/contracts/box';
import { useEffect, useState } from 'react';

/** From then on people wonder whether anything still happens. */
const SLOW_MS = 8000;

/** True while the search of this box has been under way for longer than searches take. */
export function useSlow(busy: boolean, box: Box | null): boolean {
  const [slow, setSlow] = useState(false);
  /** The search of another box has its own time. */
  const of = busy ? `box ${box}` : null;
  useEffect(() => {
    setSlow(false);
    if (of === null) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [of]);
  return slow;
}

/** The shape of the answer that is waited for. */
export function Waiting({ label }: { label: string }) {
  return (
    <div aria-busy="true">
      <p className="t3 waitline">{label}</p>
      <div className="hero">
        <div className="pair">
          <span className="print skel" />
          <span className="print skel" />
        </div>
      </div>
      <ul className="grid">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <li key={key} className="card">
            <span className="print skel" />
          </li>
        ))}
      </ul>
    </div>
  );
}
