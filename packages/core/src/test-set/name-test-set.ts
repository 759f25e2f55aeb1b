import { AppError } from '@likeness/contracts/errors';
import type { Tx } from '@likeness/db/database';
import { isUniqueViolation } from '@likeness/db/database-errors';

const NAME_MAX = 100;

/**
 * A name that no test set of the catalog has. A person who left a dialog's preset means any free name and gets
 * "Street photos 2"; a program that gave a name means that name. Errors: `conflict` when it is taken.
 */
export async function nameTestSet(
  tx: Tx,
  input: { catalogId: string; name: string; mayNumber: boolean },
): Promise<string> {
  const { catalogId, name } = input;
  const stem = name.slice(0, NAME_MAX - 5);
  const taken = new Set(
    (
      await tx.testSet.findMany({
        where: { catalogId, OR: [{ name }, { name: { startsWith: `${stem} ` } }] },
        select: { name: true },
      })
    ).map((row) => row.name),
  );
  if (!taken.has(name)) return name;
  if (!input.mayNumber) throw nameTaken(name);
  for (let number = 2; ; number++) if (!taken.has(`${stem} ${number}`)) return `${stem} ${number}`;
}

const nameTaken = (name: string, cause?: unknown): AppError =>
  new AppError('conflict', {
    message: `A test set named ${name} exists already.`,
    hint: 'Choose another name.',
    cause,
  });

/** Two callers may take one name at the same moment: the later one's write says the same as the check above. */
export function asNameTaken(error: unknown, name: string): unknown {
  return isUniqueViolation(error) ? nameTaken(name, error) : error;
}
