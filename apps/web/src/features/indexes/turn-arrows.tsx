import { useTranslations } from 'next-intl';
import type { LaneLook } from './lane-row.tsx';
import type { Switch } from './timeline-lanes.ts';
import { textWidth } from './timeline-scale.ts';

const GAP = 8;
type Props = {
  turns: Switch[];
  /** Ids of the versions, from the top. */
  rows: string[];
  look: LaneLook;
  x(time: number): number;
  /** Where the bars begin, and the line of "now". */
  edges: [left: number, right: number];
};

/** From the version that was live to the one that became it, with as many words as fit between its neighbours. */
export function TurnArrows({ turns, rows, look, x, edges: [left, right] }: Props) {
  const t = useTranslations('indexes.turn');
  const at = (i: number): number => (turns[i] ? x(turns[i].at.getTime()) : i < 0 ? left : right);
  const rowOf = (i: number): number => rows.indexOf(turns[i]?.versionId ?? '');
  const isUp = (i: number): boolean => rowOf(i) < rowOf(i - 1);
  const isBack = (i: number): boolean => (turns[i]?.act ? turns[i].act === 'back' : isUp(i));
  /** All that can be said of a turn, the longest first. */
  const said = (i: number): string[] => {
    const act = t(isBack(i) ? 'back' : 'published');
    const named = turns[i]?.by ? `${act} · ${turns[i].by}` : act;
    return [turns[i]?.reason ? `${named} · ${turns[i].reason}` : named, named, act];
  };
  const fitting = (i: number, room: number): string | undefined =>
    said(i).find((each) => textWidth(each) <= room);
  // At the first turn something went live at all: no arrow, no words.
  const after = (i: number): string | undefined =>
    i < 1 ? undefined : fitting(i, at(i + 1) - at(i) - GAP - 4);
  const before = (i: number): string | undefined =>
    fitting(i, at(i) - at(i - 1) - textWidth(after(i - 1) ?? '') - 2 * GAP - 4);

  return turns.map((turn, i) => {
    const [from, to] = [rowOf(i - 1), rowOf(i)];
    if (i === 0 || from < 0 || to < 0 || from === to) return null;
    const up = isUp(i);
    const [top, bottom] = [from, to].map((row) => row * look.height + look.top) as [number, number];
    const [begin, end] = up ? [top, bottom + look.bar] : [top + look.bar, bottom];
    const behind = after(i);
    // Beside the line of "now" there is no room behind the last arrow.
    const words = behind ?? (i === turns.length - 1 ? before(i) : undefined);
    return (
      <g key={turn.at.getTime()} className={isBack(i) ? 'turn back' : 'turn'}>
        <title>{said(i)[0]}</title>
        <path d={`M${at(i)} ${begin}V${end}m-4 ${up ? 5 : -5}l4 ${up ? -5 : 5}l4 ${up ? 5 : -5}`} />
        {words && (
          <text
            className="ax"
            x={behind ? at(i) + GAP : at(i) - GAP}
            y={up ? end + 13 : begin + 13}
            textAnchor={behind ? 'start' : 'end'}
          >
            {words}
          </text>
        )}
      </g>
    );
  });
}
