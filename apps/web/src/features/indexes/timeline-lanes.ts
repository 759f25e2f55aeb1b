import type { IndexVersionView } from '@likeness/core/index-version/index-view';

export type Stored = Pick<IndexVersionView, 'id' | 'number' | 'state' | 'images' | 'createdAt' | 'readyAt'>;
/** `by`: the person who did it, where one did; `reason`: of a roll back, where one was given. */
export type Switch = {
  versionId: string;
  at: Date;
  by?: string | null;
  reason?: string | null;
  act?: 'published' | 'back' | 'undone';
};
/** `back`: kept since it was rolled back, until it goes live again. */
export type SpellKind = 'live' | 'was' | 'kept' | 'back' | 'building' | 'failed';
/** From and to in milliseconds since 1970. */
export type Spell = { kind: SpellKind; from: number; to: number };
export type Lane = { id: string; number: number; images: number; spells: Spell[] };
type History = { switches: readonly Switch[]; live: string | null; now: number };

/** What each stored version was over time: one version is live at any moment, the others are kept. */
export function lanesOf(versions: readonly Stored[], history: History): Lane[] {
  const turns = turnsOf(versions, history);
  return versions.map((version) => ({
    id: version.id,
    number: version.number,
    images: version.images,
    spells: spellsOf(version, turns, history.now),
  }));
}

/** The switches, with the live version at their end also where the log of switches does not reach so far. */
export function turnsOf(versions: readonly Stored[], { switches, live, now }: History): Switch[] {
  const turns = switches.filter((each) => each.at.getTime() <= now);
  const last = turns.at(-1);
  if (live === null || last?.versionId === live) return turns;
  const version = versions.find((each) => each.id === live);
  if (!version) return turns;
  const ready = (version.readyAt ?? version.createdAt).getTime();
  return [...turns, { versionId: live, at: new Date(Math.max(ready, last?.at.getTime() ?? 0)) }];
}

function spellsOf(version: Stored, turns: readonly Switch[], now: number): Spell[] {
  const born = Math.min(version.createdAt.getTime(), now);
  if (version.state === 'building') return [{ kind: 'building', from: born, to: now }];
  if (version.state === 'failed') return [{ kind: 'failed', from: born, to: born }];
  const spells: Spell[] = [];
  // Until it was ready there was nothing to go live with.
  let at = Math.min((version.readyAt ?? version.createdAt).getTime(), now);
  let idle: 'kept' | 'back' = 'kept';
  turns.forEach((turn, i) => {
    if (turn.versionId !== version.id) return;
    const next = turns[i + 1];
    const from = Math.max(turn.at.getTime(), at);
    const to = next ? Math.max(next.at.getTime(), from) : now;
    if (from > at) spells.push({ kind: idle, from: at, to: from });
    spells.push({ kind: next ? 'was' : 'live', from, to });
    idle = next?.act === 'back' ? 'back' : 'kept';
    at = to;
  });
  // A retired version is no longer stored: nothing of it is left to go back to.
  // A clock that is behind the database's must not hide what is stored.
  const rests = at < now || spells.length === 0;
  if (rests && version.state !== 'retired') spells.push({ kind: idle, from: at, to: now });
  return spells;
}

/** What a kept version is called in a list: as in its lane, by the last that happened to it. */
export function lastOf(version: Stored, history: History): 'was' | 'back' | 'kept' {
  const spells = spellsOf(version, turnsOf([version], history), history.now);
  if (spells.at(-1)?.kind === 'back') return 'back';
  return spells.some(({ kind }) => kind === 'was') ? 'was' : 'kept';
}
