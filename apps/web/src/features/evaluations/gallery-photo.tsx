import { useTranslations } from 'next-intl';
import { Picture } from '../../components/picture.tsx';
import type { Answer, GalleryItem } from '../../server/view/evaluation-gallery.ts';

/** A photo with its box; below it what each side put first, and where the right product came. */
export function GalleryPhoto({ item, names }: { item: GalleryItem; names: string[] }) {
  const t = useTranslations('evaluations');
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = item.box;
  return (
    <li>
      <span className="qshot">
        <span>
          {item.url ? (
            <img src={item.url} alt={t('photoOf', { name: item.right })} loading="lazy" />
          ) : (
            <span className="t3 meta clip">{item.name}</span>
          )}
          {item.box.length === 4 && !(x1 < 0.01 && y1 < 0.01 && x2 > 0.99 && y2 > 0.99) && (
            <i
              title={t('boxed')}
              style={{
                left: `${x1 * 100}%`,
                top: `${y1 * 100}%`,
                width: `${(x2 - x1) * 100}%`,
                height: `${(y2 - y1) * 100}%`,
              }}
            />
          )}
        </span>
      </span>
      {item.answers.map((answer, at) => (
        <AnswerRow key={names[at]} name={names[at] ?? ''} answer={answer} nothing={item.right === ''} />
      ))}
    </li>
  );
}

function AnswerRow({ name, answer, nothing }: { name: string; answer: Answer; nothing: boolean }) {
  const t = useTranslations('evaluations');
  const errors = useTranslations('error');
  const { outcome } = answer;
  const unread = outcome !== 'found' && outcome !== 'no_object';
  const missed = (): string => {
    if (outcome === 'no_object') return t('noObject');
    if (outcome === 'image_not_found') return t('photoMissing');
    if (unread) return errors.has(outcome as 'generic') ? errors(outcome as 'generic') : t('photoUnread');
    return t(nothing ? 'tab.nothing' : 'notFound');
  };
  return (
    <span className="answer">
      <span className="t3 meta">{name}</span>
      <Picture url={answer.url} alt="" />
      <span>
        <span className={answer.rank === 1 ? 'good' : 't2'}>
          {answer.rank === 1
            ? `✓ ${t('tab.first')}`
            : answer.rank === null
              ? missed()
              : t('rightAt', { rank: answer.rank })}
        </span>
        <span className="t2 meta clip">{answer.title}</span>
      </span>
    </span>
  );
}
