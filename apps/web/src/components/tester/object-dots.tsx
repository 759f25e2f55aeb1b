import type { Box } from '@likeness/contracts/box';
import { useTranslations } from 'next-intl';
import type { FoundObject } from '../../server/view/search-view.ts';
import { sameBox } from './box-geometry.ts';
import { useObjectName } from './object-name.ts';

type Props = { objects: FoundObject[]; box: Box | null; onChoose(box: Box): void };

/** Beyond it the label stands left of its dot: on the right there is no room for it. */
const LABEL_LEFT_FROM = 0.75;

/** A dot on the middle of each found object but the one that the frame is on; above the frame's handles. */
export function ObjectDots({ objects, box, onChoose }: Props) {
  const t = useTranslations('tester');
  const nameOf = useObjectName();
  return objects.map((each, i) => {
    if (sameBox(each.box, box)) return null;
    const [left, top, right, bottom] = each.box;
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return (
      <button
        key={each.id}
        type="button"
        className={x > LABEL_LEFT_FROM ? 'odot lefty' : 'odot'}
        style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
        aria-label={t('dot', { label: nameOf(each.label), number: i + 1, count: objects.length })}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => onChoose(each.box)}
      >
        <i />
        <span>{nameOf(each.label)}</span>
      </button>
    );
  });
}
