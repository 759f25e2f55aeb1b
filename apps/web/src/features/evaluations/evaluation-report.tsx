import './evaluations.css';
import type { EvaluationResult } from '@likeness/contracts/evaluation';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { CheckRow } from '../../components/check-row.tsx';
import type { GalleryTab } from '../../server/view/evaluation-gallery.ts';
import { CmcChart } from './cmc-chart.tsx';
import { type Compared, Finding } from './finding.tsx';
import { Gallery } from './gallery.tsx';
import { gateChecks } from './gate-checks.ts';
import { gateWords } from './gate-words.ts';
import { PartScores } from './part-scores.tsx';
import { isSameParting } from './parts.ts';
import { ScoreTable } from './score-table.tsx';
import { written } from './side-names.ts';

type Props = {
  id: string;
  name: string[];
  result: EvaluationResult;
  compared: Compared | null;
  gallery: GalleryTab[];
  others: { href: string; label: string }[];
  alone: string;
};

export function EvaluationReport({ id, name, result, compared, gallery, others, alone }: Props) {
  const t = useTranslations('evaluations');
  const sides = [...(compared ? [compared] : []), { name, result }];
  const isEmpty = compared !== null && result.all.n === 0;
  const curves = sides.map((each, at) => ({
    name: each.name,
    scores: each.result.all,
    tone: compared && at === 1 ? ('after' as const) : ('before' as const),
  }));
  return (
    <div className="page">
      <Finding name={name} result={result} compared={compared} />
      {compared && !isEmpty && <Gate result={result} compared={compared} />}
      {others.length > 0 && (
        <p className="row compare">
          <span className="t3">{t('compareWith')}</span>
          {compared && (
            <Link className="chipx" href={alone}>
              {t('alone')}
            </Link>
          )}
          {others.slice(0, 6).map((each) => (
            <Link key={each.href} className="chipx" href={each.href}>
              {each.label}
            </Link>
          ))}
        </p>
      )}
      {!isEmpty && (
        <div className="evidence">
          <section>
            <h2 className="head">
              {t('within')} <span className="end">{t('bandNote')}</span>
            </h2>
            <CmcChart curves={curves} />
          </section>
          <section className="scroll">
            <ScoreTable
              names={sides.map((each) => each.name)}
              scores={sides.map((each) => each.result.all)}
              paired={compared?.comparison ?? null}
            />
            <Facts result={result} />
          </section>
        </div>
      )}
      <Parts result={result} compared={compared} />
      <section className="sec">
        <h2 className="head">{t('photos')}</h2>
        <Gallery
          key={compared?.id}
          tabs={gallery}
          evaluation={id}
          before={compared?.id}
          names={sides.map((each) => written(each.name))}
        />
      </section>
    </div>
  );
}

function Gate({ result, compared }: { result: EvaluationResult; compared: Compared }) {
  const t = useTranslations('evaluations.check');
  const format = useFormatter();
  const checks = gateChecks({ before: compared.result, after: result, comparison: compared.comparison });
  return <CheckRow checks={checks.map((each) => gateWords(t, format, each))} label={t('label')} />;
}

function Facts({ result }: { result: EvaluationResult }) {
  const t = useTranslations('evaluations');
  const format = useFormatter();
  return (
    <p className="meta t3 facts-line">
      {t(result.ms.p50 > 0 ? 'facts' : 'factsUntimed', {
        model: result.model.id,
        p50: Math.round(result.ms.p50),
        p99: Math.round(result.ms.p99),
        removed: format.number(result.self_removed),
      })}
      {result.failed.length > 0 && (
        <span className="warn"> △ {t('unread', { count: result.failed.length })}</span>
      )}
      {(result.unknown_products ?? 0) > 0 && (
        <span className="warn"> △ {t('unknown', { count: result.unknown_products ?? 0 })}</span>
      )}
    </p>
  );
}

/** Test sets of held-out pictures once named the category as the group: that is said once. */
function Parts({ result, compared }: { result: EvaluationResult; compared: Compared | null }) {
  const t = useTranslations('evaluations');
  const kinds = isSameParting(result.groups, result.categories)
    ? (['categories'] as const)
    : (['groups', 'categories'] as const);
  return kinds.map((kind) => (
    <PartScores
      key={kind}
      title={t(kind === 'groups' ? 'byGroup' : 'byCategory')}
      parts={result[kind]}
      total={result.all.n}
      before={compared?.result[kind] ?? {}}
      differences={compared?.comparison[kind] ?? {}}
    />
  ));
}
