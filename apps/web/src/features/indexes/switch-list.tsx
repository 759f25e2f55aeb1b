import type { LiveSwitch } from '@likeness/core/index-version/list-switches';
import { useFormatter, useTranslations } from 'next-intl';

type Props = { switches: LiveSwitch[]; numbers: ReadonlyMap<string, number> };

/** The arrows of the timeline in words, newest first: for who cannot point at them, and for the reasons. */
export function SwitchList({ switches, numbers }: Props) {
  const t = useTranslations('indexes');
  const format = useFormatter();
  if (switches.length === 0) return null;
  return (
    <details className="switches">
      <summary>{t('switches')}</summary>
      <div className="scroll">
        <table className="narrow">
          <thead>
            <tr>
              <th>{t('switch.what')}</th>
              <th>{t('switch.who')}</th>
              <th>{t('switch.reason')}</th>
              <th className="r">{t('switch.when')}</th>
            </tr>
          </thead>
          <tbody>
            {switches.toReversed().map(({ versionId, at, by, reason, act }) => (
              <tr key={`${at.getTime()} ${versionId}`}>
                <td className={act === 'back' ? 'c-name bad' : 'c-name'}>
                  {t(`switch.${act}`, { number: numbers.get(versionId) ?? '?' })}
                </td>
                <td className="t2 c-sub">{by ?? t('switch.nobody')}</td>
                <td className="t2 c-sub2">{reason ?? ''}</td>
                <td className="r t2 c-num">
                  <time dateTime={at.toISOString()} title={at.toISOString()}>
                    {format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })}
                  </time>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
