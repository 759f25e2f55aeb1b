import { Camera } from 'lucide-react';
import { useTranslations } from 'next-intl';

type Props = {
  samples: { url: string; name: string }[];
  onPick(): void;
  onSample(url: string): Promise<void>;
};

/** Below the photo: the way to the next one. */
export function Film({ samples, onPick, onSample }: Props) {
  const t = useTranslations('tester');
  return (
    <div className="film">
      <button type="button" className="btn pri" onClick={onPick}>
        <Camera />
        {t('newPhoto')}
      </button>
      <span className="hint">{t('hint')}</span>
      <ul>
        {samples.slice(0, 4).map((each, i) => (
          <li key={each.url}>
            <button
              type="button"
              className="print"
              aria-label={each.name || t('sample', { number: i + 1 })}
              onClick={() => void onSample(each.url)}
            >
              <img src={each.url} alt="" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
