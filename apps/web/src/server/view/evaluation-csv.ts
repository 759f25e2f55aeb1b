import { csvCell } from '@likeness/contracts/csv-cell';
import type { Ctx } from '@likeness/core/context';
import { type AnsweredPhoto, sortAnswers } from '@likeness/core/evaluation/sort-answers';

const PHOTO = ['image', 'product_id', 'place', 'x1', 'y1', 'x2', 'y2'];
const ANSWER = ['rank', 'outcome', 'first_product_id'];
/** Spreadsheets take a table with it as UTF-8. */
const MARK = '\ufeff';

/** Every photo of one evaluation as a line, or of two side by side (columns `before_…` and `after_…`). */
export async function evaluationCsv(
  ctx: Ctx,
  which: { evaluationId: string; beforeId?: string | undefined },
): Promise<string> {
  const { photos } = await sortAnswers(ctx, which);
  const columns = which.beforeId
    ? ['before', 'after'].flatMap((side) => ANSWER.map((name) => `${side}_${name}`))
    : ANSWER;
  const lines = [[...PHOTO, ...columns], ...photos.map(toCells)];
  return `${MARK}${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function toCells({ image, productIds, place, box, answers }: AnsweredPhoto): unknown[] {
  const corners = Array.from({ length: 4 }, (_, i) => box[i]);
  const answered = answers.flatMap(({ rank, outcome, first }) => [rank, outcome, first]);
  return [image, productIds.join('|'), place, ...corners, ...answered];
}
