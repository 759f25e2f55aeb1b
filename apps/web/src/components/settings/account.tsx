'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { useSeat } from '../shell.tsx';

/** The person's own password and sessions. */
export function Account() {
  const t = useTranslations('settings');
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [said, setSaid] = useState('');

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const input = { current: String(data.get('current')), next: String(data.get('next')) };
    setSaid('');
    void run(
      () => trpcFor(slug).account.changePassword.mutate(input),
      ({ endedSessions }) => {
        form.reset();
        setSaid(t('changed', { count: endedSessions }));
      },
    );
  }

  return (
    <section className="sec">
      <h2>{t('account')}</h2>
      <p className="sub">{t('accountLead')}</p>
      <form onSubmit={submit} style={{ marginTop: 14, display: 'grid', gap: 12, maxWidth: 360 }}>
        <label className="field">
          <span>{t('current')}</span>
          <input className="input" name="current" type="password" required autoComplete="current-password" />
        </label>
        <label className="field">
          <span>{t('next')}</span>
          <input
            className="input"
            name="next"
            type="password"
            required
            minLength={8}
            autoComplete="new-password"
          />
        </label>
        <div className="row">
          <button type="submit" className="btn pri" disabled={busy}>
            {t('change')}
          </button>
          <button
            type="button"
            className="btn"
            disabled={busy}
            onClick={() =>
              void run(
                () => trpcFor(slug).account.signOutOthers.mutate(),
                ({ endedSessions }) => setSaid(t('othersDone', { count: endedSessions })),
              )
            }
          >
            {t('others')}
          </button>
        </div>
        <span role="status" className={fault ? 'bad' : 'good'}>
          {fault ? `✕ ${fault}` : said && `✓ ${said}`}
        </span>
      </form>
    </section>
  );
}
