import type { Box } from '@likeness/contracts/box';
import { useTranslations } from 'next-intl';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { type Handle, sameBox, WHOLE } from './box-geometry.ts';
import { handleTargets, SMALL } from './handle-targets.ts';
import { percentsOf } from './typed-sides.ts';

type Props = {
  box: Box;
  /** The photo on the screen, in pixels. */
  shown: { width: number; height: number };
  label: string | null;
  style: CSSProperties;
  onTake(event: PointerEvent, kind: 'move' | Handle): void;
  onKey(event: KeyboardEvent): void;
};
/** What can be pressed round the photo: its margin on the stage of a phone. */
const MARGIN = 16;

/** The frame that is searched: moved as a whole, pulled at eight handles, or by arrow keys. */
export function Frame({ box, shown, label, style, onTake, onKey }: Props) {
  const t = useTranslations('tester');
  const [x1, y1, x2, y2] = box;
  const size = { width: (x2 - x1) * shown.width, height: (y2 - y1) * shown.height };
  const targets = handleTargets(size, {
    left: x1 * shown.width + MARGIN,
    top: y1 * shown.height + MARGIN,
    right: (1 - x2) * shown.width + MARGIN,
    bottom: (1 - y2) * shown.height + MARGIN,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: the frame is dragged; a fieldset would not say more.
    <div
      className={size.width < SMALL || size.height < SMALL ? 'frame small' : 'frame'}
      role="group"
      data-frame={box.map((each) => each.toFixed(4)).join(',')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move the frame.
      tabIndex={0}
      aria-label={`${t('frame')} ${t('frameValue', percentsOf(box))}`}
      style={style}
      onPointerDown={(event) => onTake(event, 'move')}
      onKeyDown={onKey}
    >
      <span className={y1 * shown.height < 30 ? 'lab in' : 'lab'}>
        {label ? <b>{label}</b> : t(sameBox(box, WHOLE) ? 'wholePhoto' : 'yourBox')}
      </span>
      <span className="marks" aria-hidden="true">
        <i className="n" />
        <i className="s" />
        <i className="w" />
        <i className="e" />
      </span>
      {targets.map(({ handle, left, top, width, height }) => (
        <span
          key={handle}
          className={`h ${handle}`}
          style={{ left, top, width, height }}
          onPointerDown={(event) => onTake(event, handle)}
        />
      ))}
    </div>
  );
}
