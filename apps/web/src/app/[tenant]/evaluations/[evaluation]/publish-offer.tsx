import type { CatalogSummary } from '@likeness/core/catalog/list-catalogs';
import type { ComparisonView } from '@likeness/core/evaluation/compare-evaluations';
import type { EvaluationView } from '@likeness/core/evaluation/get-evaluation';
import type { IndexVersionView } from '@likeness/core/index-version/index-view';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { Check } from '../../../../components/check-row.tsx';
import type { Measured } from '../../../../components/numbers/measured-share.ts';
import { gateChecks } from '../../../../features/evaluations/gate-checks.ts';
import { gateWords } from '../../../../features/evaluations/gate-words.ts';
import { PublishButton } from '../../../../features/indexes/index-actions.tsx';
import { versionChecks } from '../../../../features/indexes/version-checks.ts';

type Props = {
  catalog: CatalogSummary;
  versions: IndexVersionView[];
  evaluation: EvaluationView;
  /** Other evaluations of the catalog, newest first. */
  siblings: EvaluationView[];
  pair: ComparisonView | null;
};

/** Offers to publish what was measured, with the checks of the open comparison where that is with the live version. */
export async function PublishOffer({ catalog, versions, evaluation, siblings, pair }: Props) {
  const live = versions.find((each) => each.id === catalog.liveIndexVersionId) ?? null;
  const version = versions.find((each) => each.id === evaluation.indexVersionId);
  if (version?.state !== 'ready' || version.id === live?.id) return null;
  const checks =
    pair?.before.indexVersionId === live?.id && pair
      ? await compared(pair)
      : await alone({ catalog, version, live, evaluation, siblings });
  return (
    <PublishButton
      primary
      catalog={catalog.id}
      version={{ id: version.id, number: version.number }}
      live={live && { id: live.id, number: live.number }}
      checks={checks}
    />
  );
}

async function compared({ before, after, comparison }: ComparisonView): Promise<Check[]> {
  if (!before.result || !after.result || comparison.n === 0) return [];
  const [t, format] = [await getTranslations('evaluations.check'), await getFormatter()];
  const checks = gateChecks({ before: before.result, after: after.result, comparison });
  return checks.map((each) => gateWords(t, format, each));
}

type Alone = Pick<Props, 'catalog' | 'evaluation' | 'siblings'> & {
  version: IndexVersionView;
  live: IndexVersionView | null;
};

async function alone({ catalog, version, live, evaluation, siblings }: Alone): Promise<Check[]> {
  const [t, number] = [await getTranslations('indexes.check'), await getTranslations('number')];
  const format = await getFormatter();
  const measuredOf = (of: EvaluationView | undefined): Measured | null => {
    const all = of?.result?.all;
    return all ? { share: all.r1, n: all.n, ci: all.ci95.r1 } : null;
  };
  const { testSetId, crop } = evaluation;
  const ofLive = siblings.find(
    (each) =>
      each.indexVersionId === live?.id && each.testSetId === testSetId && each.crop === crop && each.result,
  );
  return versionChecks(
    { t, number, format },
    {
      version: {
        products: version.products,
        failed: version.failures.length,
        measured: measuredOf(evaluation),
      },
      live: live && { number: live.number, measured: measuredOf(ofLive) },
      products: catalog.products,
    },
  );
}
