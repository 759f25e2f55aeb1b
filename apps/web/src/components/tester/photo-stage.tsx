'use client';
import type { Box } from '@likeness/contracts/box';
import { type ReactNode, useRef, useState } from 'react';
import type { SearchView } from '../../server/view/search-view.ts';
import { isPlain, usePageKeys } from '../page-keys.ts';
import { BoxEditor } from './box-editor.tsx';
import { sameBox } from './box-geometry.ts';
import { ShrinkingPhoto } from './shrinking-photo.tsx';
import { TypeBox } from './type-box.tsx';
import { usePhotoSize } from './use-photo-size.ts';
import { usePhotoView } from './use-photo-view.ts';
import type { SearchState } from './use-search.ts';
import { type Weights, WhyBox, WhyStored } from './why-box.tsx';
import { ZoomControl } from './zoom-control.tsx';

type Props = {
  state: SearchState;
  url: string;
  stored: Box | null;
  weights: Weights;
  onHold(box: Box): void;
  onSearch(box: Box, when: 'now' | 'settled' | 'repeated'): void;
  onUndo(): void;
  /** What stands below: other photos. */
  children: ReactNode;
};

/** The photo with its frame, the frame in numbers, and why it is where it is. */
export function PhotoStage({ state, url, stored, weights, onHold, onSearch, onUndo, children }: Props) {
  const { first, answer, box, busy } = state;
  const objects = first?.objects ?? [];
  const shown = shownOf(url, answer ?? first);
  const photo = useRef<HTMLDivElement>(null);
  const view = usePhotoView(photo, url);
  const size = usePhotoSize(photo, view.laidOut);
  const [ratio, setRatio] = useState(1);
  const minimum = () => size.minimum(shown);
  usePageKeys((event) => {
    if (!isPlain(event)) return;
    if (event.key === '+' || event.key === '=') view.step('in', box);
    else if (event.key === '-' || event.key === '−') view.step('out', box);
  });
  return (
    <div className="stage">
      <ShrinkingPhoto ratio={ratio}>
        <BoxEditor
          url={url}
          image={shown}
          box={box}
          objects={objects}
          stored={stored}
          busy={busy}
          stage={photo}
          shown={size.shown}
          minimum={minimum}
          view={view}
          onRatio={setRatio}
          onHold={onHold}
          onSearch={onSearch}
        />
      </ShrinkingPhoto>
      {shown && (
        <div className="boxbar">
          <TypeBox box={box} minimum={minimum} onSearch={onSearch} onUndo={onUndo} />
          <ZoomControl zoom={view.zoom} onStep={(to) => view.step(to, box)} onReset={view.reset} />
        </div>
      )}
      {shown && objects.length > 0 && (
        <WhyBox
          objects={objects}
          box={box}
          weights={weights}
          photo={shown}
          onChoose={(next) => onSearch(next, 'now')}
        />
      )}
      {sameBox(stored, box) && <WhyStored />}
      {children}
    </div>
  );
}

/** The photo as it is shown, once its answer has said how large it is. */
export function shownOf(url: string, view: SearchView | null) {
  return view && { url, width: view.image.width, height: view.image.height };
}
