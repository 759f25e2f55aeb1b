import type { AuditLine } from '@likeness/core/audit/audit-hash';
import type { SubjectName, SubjectNames } from '@likeness/core/audit/name-subjects';
import { getFormatter, getTranslations } from 'next-intl/server';
import { changesOf } from './changes-of.ts';

const SHOWN_OF_HASH = 12;
export type SaidChange = { name: string; from: string | null; to: string | null };
export type AuditWords = {
  act(line: AuditLine): string;
  subject(line: AuditLine): string;
  changes(line: AuditLine): SaidChange[];
};
type Known = { names: SubjectNames; people: ReadonlyMap<string, string> };

/** Every id that these lines hold, so that it can be asked for by name. */
export function idsIn(lines: readonly AuditLine[]): string[] {
  const inside = ({ before, after }: AuditLine) =>
    changesOf(before, after).flatMap(({ from, to }) =>
      [from, to].filter((each): each is string => typeof each === 'string' && /^[a-z]{2,4}_\w+$/.test(each)),
    );
  return [...new Set(lines.flatMap((line) => [line.subject, ...inside(line)]))];
}

/** The log in the reader's language: acts, names of values, and what the ids in it are called. */
export async function auditWords({ names, people }: Known): Promise<AuditWords> {
  const t = await getTranslations('audit');
  const [role, job, jobKind] = [
    await getTranslations('role'),
    await getTranslations('job.state'),
    await getTranslations('overview.job'),
  ];
  const format = await getFormatter();

  const act = ({ action, after }: AuditLine): string => {
    const undo = action === 'index.promote' && (after as { undoes?: string } | null)?.undoes;
    const key = undo ? 'index_undo' : action.replace('.', '_');
    return t.has(`action.${key as 'key_create'}`) ? t(`action.${key as 'key_create'}`) : action;
  };
  const called = (name: SubjectName): string => {
    if (name.kind === 'version') return t('version', { number: name.number, catalog: name.catalog });
    if (name.kind === 'named') return name.name;
    const work = jobKind.has(name.job as 'build-index') ? jobKind(name.job as 'build-index') : name.job;
    return name.catalog ? t('jobIn', { job: work, catalog: name.catalog }) : work;
  };
  const nameOf = (id: string): string | undefined => {
    const known = names.get(id);
    return people.get(id) ?? (known && called(known));
  };
  const fieldOf = (path: string): string => {
    const key = path.replaceAll('.', '_') as 'name';
    return t.has(`field.${key}`) ? t(`field.${key}`) : path;
  };
  const say = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('nothing');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (field === 'grace_seconds') return t('hours', { count: Number(value) / 3600 });
    if (typeof value === 'number') return format.number(value, { maximumFractionDigits: 4 });
    if (Array.isArray(value)) return value.map((each) => say('', each)).join(', ') || t('nothing');
    const text = String(value);
    if (field === 'role' && role.has(text as 'owner')) return role(text as 'owner');
    if (field === 'state' && job.has(text as 'done')) return job(text as 'done');
    if (field === 'detect' && text === 'none') return t('whole');
    if (field === 'sha256') return `${text.slice(0, SHOWN_OF_HASH)}…`;
    return nameOf(text) ?? text;
  };
  return {
    act,
    subject: ({ subject }) => nameOf(subject) ?? subject,
    changes: ({ before, after }) =>
      changesOf(before, after).map((each) => ({
        name: fieldOf(each.name),
        from: 'from' in each ? say(each.name, each.from) : null,
        to: 'to' in each ? say(each.name, each.to) : null,
      })),
  };
}
