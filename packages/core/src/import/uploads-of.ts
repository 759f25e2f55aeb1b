import { JOB_DEFINITIONS } from '@likeness/contracts/jobs';

/** Keys of the files that an import was given; those that are deleted already are null in its payload. */
export function uploadsOf(payload: unknown): string[] {
  const { tableKey, archiveKey } = JOB_DEFINITIONS['import-catalog'].payload.parse(payload);
  return [tableKey, archiveKey].filter((key) => key !== null);
}
