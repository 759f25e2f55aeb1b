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
  const ends = (back: boolean, from: number, to: number): [number, number] => {
    const [begin, end] = [from * look.height + look.top, to * look.height + look.top];
    return back ? [begin, end + look.bar] : [begin + look.bar, end];
  };
  return turns.slice(1).map((turn, i) => {
    const [from, to] = [rows.indexOf(turns[i]!.versionId), rows.indexOf(turn.versionId)];
    if (from < 0 || to < 0 || from === to) return null;
    const back = to < from;
    const at = x(turn.at.getTime());
    const [begin, end] = ends(back, from, to);
    const next = turns[i + 2];
    const act = t(turn.act === 'back' || (!turn.act && back) ? 'back' : 'published');
    const named = turn.by ? `${act} · ${turn.by}` : act;
    const whole = turn.reason ? `${named} · ${turn.reason}` : named;
    const after = (next ? x(next.at.getTime()) : right) - at - GAP - 4;
    // The first turn is when something went live at all; no words stand there.
    const before = at - (i > 0 ? x(turns[i]!.at.getTime()) : left) - GAP - 4;
    const fitting = (room: number): string | undefined =>
      [whole, named, act].find((each) => textWidth(each) <= room);
    const afterwards = fitting(after);
    const words = afterwards ?? (i === turns.length - 2 ? fitting(before) : undefined);
    return (
      <g key={turn.at.getTime()} className={back ? 'turn back' : 'turn'}>
        <title>{whole}</title>
        <path d={`M${at} ${begin}V${end}m-4 ${back ? 5 : -5}l4 ${back ? -5 : 5}l4 ${back ? 5 : -5}`} />
        {words && (
          <text
            className="ax"
            x={afterwards ? at + GAP : at - GAP}
            y={back ? end + 13 : begin + 13}
            textAnchor={afterwards ? 'start' : 'end'}
          >
            {words}
          </text>
        )}
      </g>
    );
  });
}
