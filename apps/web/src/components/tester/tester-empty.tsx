import { Camera } from 'lucide-react';
import { useTranslations } from 'next-intl';

type Props = {
  samples: { url: string; name: string }[];
  /** Why the photo just chosen cannot be searched. */
  refused: string | null;
  /** Why there is no photo although the address names one. */
  absent: string | null;
  onPick(): void;
  onSample(url: string): Promise<void>;
};

export function TesterEmpty({ samples, refused, absent, onPick, onSample }: Props) {
  const t = useTranslations('tester');
  return (
    <div className="tempty">
      <div className="well">
        <h1>{t('emptyTitle')}</h1>
        {(refused ?? absent) && (
          <p className="notice bad" role="alert">
            ✕ {refused ?? absent}
          </p>
        )}
        <p className="sub">{t(samples.length ? 'empty' : 'emptyNoSample')}</p>
        <button type="button" className="btn pri" onClick={onPick}>
          <Camera />
          {t(refused ? 'chooseAnother' : 'choosePhoto')}
        </button>
        <p className="meta t3">{t('hint')}</p>
      </div>
      <ul className="samples">
        {samples.slice(0, 6).map((each, i) => (
          <li key={each.url}>
            <button type="button" onClick={() => void onSample(each.url)}>
              <span className="print">
                <img src={each.url} alt={each.name || t('sample', { number: i + 1 })} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
