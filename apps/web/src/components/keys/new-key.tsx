'use client';
import { SCOPES, type Scope } from '@likeness/contracts/scopes';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Dialog } from '../dialog.tsx';
import { DialogEnd } from '../dialog-end.tsx';
import { NameField } from '../name-field.tsx';
import { usePageLetter } from '../page-keys.ts';
import { useSeat } from '../shell.tsx';
import { RevealKey } from './reveal-key.tsx';

type Kind = 'search' | 'all' | 'some';

/** Makes a key and shows it, once. */
export function NewKey() {
  const t = useTranslations('keys');
  const { slug } = useSeat();
  const { busy, fault, run, clear } = useAction();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Kind>('search');
  const [noScope, setNoScope] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const chosen = data.getAll('scope') as Scope[];
    const ends = String(data.get('ends') ?? '');
    if (kind === 'some' && chosen.length === 0) {
      setNoScope(true);
      return;
    }
    const scopes =
      kind === 'all' ? 'all' : kind === 'search' ? (['search:run', 'detect:run'] as Scope[]) : chosen;
    void run(
      () =>
        trpcFor(slug).workspace.createKey.mutate({
          name: String(data.get('name')),
          scopes,
          // To the end of that day where the reader is.
          ...(ends ? { expiresAt: new Date(`${ends}T23:59:59`) } : {}),
        }),
      ({ apiKey }) => {
        setOpen(false);
        setSecret(apiKey);
      },
    );
  }

  function ask(): void {
    clear();
    setNoScope(false);
    setOpen(true);
  }
  usePageLetter('n', ask);

  return (
    <>
      <button type="button" className="btn pri" onClick={ask}>
        <Plus />
        {t('new')}
      </button>
      {open && (
        <Dialog label={t('new')} onClose={() => setOpen(false)}>
          <h2>{t('new')}</h2>
          <form onSubmit={submit}>
            <NameField label={t('name')} placeholder={t('namePlaceholder')} />
            <fieldset className="choices">
              <legend>{t('mayDo')}</legend>
              {(['search', 'all', 'some'] as const).map((each) => (
                <label key={each}>
                  <input
                    type="radio"
                    name="kind"
                    checked={kind === each}
                    onChange={() => {
                      setKind(each);
                      setNoScope(false);
                    }}
                  />
                  <span>
                    <b>{t(`kind.${each}`)}</b>
                    <span className="t2 meta">{t(`kindNote.${each}`)}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            {kind === 'some' && (
              <div className="scopes" onChange={() => setNoScope(false)}>
                {SCOPES.map((scope) => (
                  <label key={scope}>
                    <input type="checkbox" name="scope" value={scope} />
                    <span className="mono">{scope}</span>
                  </label>
                ))}
              </div>
            )}
            {noScope && (
              <p className="notice bad" role="alert">
                ✕ {t('scopeNeeded')}
              </p>
            )}
            <label className="field">
              <span>{t('ends')}</span>
              <input className="input" name="ends" type="date" min={today()} />
              <span className="t2 meta">{t('endsNote')}</span>
            </label>
            <DialogEnd fault={fault} onCancel={() => setOpen(false)}>
              <button type="submit" className="btn pri" disabled={busy}>
                {t('create')}
              </button>
            </DialogEnd>
          </form>
        </Dialog>
      )}
      {secret && <RevealKey secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

/** As the date field writes it, where the reader is. */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
