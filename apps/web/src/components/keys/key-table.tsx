'use client';
import type { KeyView } from '@likeness/core/key/key-view';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { RemoveByName } from '../remove-by-name.tsx';
import { useSeat } from '../shell.tsx';
import { RevealKey } from './reveal-key.tsx';
import { ScopeChips } from './scope-chips.tsx';

const DAY_SECONDS = 24 * 3600;
const SOON_MS = 7 * DAY_SECONDS * 1000;
/** Whoever uses it should change it now. */
const isSoon = ({ replacedById, expiresAt }: KeyView): boolean =>
  replacedById !== null || (expiresAt !== null && expiresAt.getTime() - Date.now() < SOON_MS);

export function KeyTable({ keys, mayWrite }: { keys: KeyView[]; mayWrite: boolean }) {
  const t = useTranslations('keys');
  const format = useFormatter();
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [secret, setSecret] = useState<string | null>(null);
  const trpc = trpcFor(slug);
  return (
    <section className="sec">
      {fault && (
        <p className="notice bad" role="alert">
          ✕ {fault}
        </p>
      )}
      <div className="scroll">
        <table className="rows narrow">
          <thead>
            <tr>
              <th>{t('name')}</th>
              <th>{t('key')}</th>
              <th>{t('mayDo')}</th>
              <th>{t('lastUsed')}</th>
              <th className="r">{t('limit')}</th>
              <th>
                <span className="vh">{t('change')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => {
              const over = key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt < new Date());
              return (
                <tr key={key.id} className={over ? 'off' : ''}>
                  <td className="c-name">
                    <b>{key.name}</b>
                  </td>
                  <td className="mono c-sub">
                    {key.prefix}…{key.last4}
                  </td>
                  <td className="c-wide">
                    <ScopeChips scopes={key.scopes} />
                  </td>
                  <td className="t2 c-num">
                    {key.lastUsedAt ? format.relativeTime(key.lastUsedAt) : t('never')}
                  </td>
                  <td className="r c-off">{t('perSecond', { count: key.ratePerSecond })}</td>
                  <td className="r c-act">
                    {over ? (
                      <span className="tag bad">✕ {t(key.revokedAt ? 'revoked' : 'expired')}</span>
                    ) : (
                      mayWrite && (
                        <span className="acts end">
                          {key.expiresAt && (
                            <span
                              className={isSoon(key) ? 'tag warn' : 'tag'}
                              title={key.expiresAt.toISOString()}
                            >
                              {isSoon(key) ? '△ ' : ''}
                              {t(key.replacedById ? 'replacedEnds' : 'endsIn', {
                                when: format.relativeTime(key.expiresAt),
                              })}
                            </span>
                          )}
                          {!key.replacedById && (
                            <button
                              type="button"
                              className="btn ghost sm"
                              disabled={busy}
                              onClick={() =>
                                void run(
                                  () =>
                                    trpc.workspace.rotateKey.mutate({
                                      keyId: key.id,
                                      graceSeconds: DAY_SECONDS,
                                    }),
                                  ({ apiKey }) => setSecret(apiKey),
                                )
                              }
                            >
                              {t('rotate')}
                            </button>
                          )}
                          <RemoveByName
                            name={key.name}
                            className="btn ghost sm danger"
                            words={{
                              open: t('revoke'),
                              title: t('reallyRevoke', { name: key.name }),
                              lead: t('revokeLead', { key: `${key.prefix}…${key.last4}` }),
                              button: t('revoke'),
                            }}
                            remove={() => trpc.workspace.revokeKey.mutate({ keyId: key.id })}
                            onRemoved={() => {}}
                          />
                        </span>
                      )
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="t3 meta" style={{ marginTop: 10 }}>
        {t('note')}
      </p>
      {secret && <RevealKey secret={secret} onClose={() => setSecret(null)} />}
    </section>
  );
}
