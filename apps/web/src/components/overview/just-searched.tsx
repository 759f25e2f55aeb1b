import type { RecentSearch } from '@likeness/core/usage/recent-searches';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Picture } from '../picture.tsx';
import { photoAddress } from '../tester/photo-address.ts';

type Searched = RecentSearch & { firstUrl: string | null };
type Props = { base: string; slug: string; searches: Searched[] };

/** The newest searches: photo with its box, what came first, when. */
export function JustSearched({ base, slug, searches }: Props) {
  const t = useTranslations('overview');
  const format = useFormatter();
  return (
    <section className="sec">
      <div className="head">
        <h2>{t('justSearched')}</h2>
      </div>
      {searches.length === 0 && (
        <div className="empty">
          <p>{t('noSearches')}</p>
          <Link className="btn" href={`${base}/search`}>
            {t('search')}
          </Link>
        </div>
      )}
      <ul className="recent">
        {searches.map((each) => (
          <li key={each.requestId}>
            <div className="shopper">
              {each.photo ? (
                <Link href={`${base}/search?photo=${each.photo.id}`} aria-label={t('searchAgain')}>
                  <svg
                    viewBox={`0 0 ${each.photo.width} ${each.photo.height}`}
                    preserveAspectRatio="xMidYMid slice"
                    role="img"
                    aria-label={each.first?.title ?? t('noMatch')}
                  >
                    <image
                      href={photoAddress(slug, each.photo.id)}
                      width={each.photo.width}
                      height={each.photo.height}
                    />
                    {each.box.length === 4 && <BoxLine box={each.box} photo={each.photo} />}
                  </svg>
                </Link>
              ) : (
                <span className="t3 meta">{t(each.wasKept ? 'photoGone' : 'photoNeverKept')}</span>
              )}
            </div>
            <div className="found">
              {each.first ? <Picture url={each.firstUrl} alt="" /> : <span className="nothing" />}
              <div>
                <b className={each.first ? '' : 'warn'}>{each.first?.title ?? t('noMatch')}</b>
                <time className="t2 meta" dateTime={each.at.toISOString()} title={each.at.toISOString()}>
                  {format.relativeTime(each.at)}
                </time>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function BoxLine({ box, photo }: { box: number[]; photo: { width: number; height: number } }) {
  const [x1 = 0, y1 = 0, x2 = 1, y2 = 1] = box;
  const rect = {
    x: x1 * photo.width,
    y: y1 * photo.height,
    width: (x2 - x1) * photo.width,
    height: (y2 - y1) * photo.height,
    fill: 'none',
    vectorEffect: 'non-scaling-stroke',
  } as const;
  return (
    <>
      <rect {...rect} stroke="#000" strokeOpacity="0.35" strokeWidth="4" />
      <rect {...rect} stroke="#fff" strokeWidth="2" />
    </>
  );
}
