import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { listModels } from '@likeness/core/model/list-models';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageBar } from '../../../components/page-bar.tsx';
import { requireTenant } from '../../../server/auth/require-tenant.ts';
import { liveSummary } from '../../../server/view/live-summary.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('models'))('title') };
}

export default async function Page({ params }: { params: Promise<{ tenant: string }> }) {
  const { ctx } = await requireTenant((await params).tenant);
  const t = await getTranslations('models');
  const [models, { catalogs }] = await Promise.all([listModels(ctx), liveSummary(ctx)]);
  const versions = (
    await Promise.all(
      catalogs.map(async ({ id, name, liveIndexVersionId }) =>
        (
          await listIndexVersions(ctx, { catalogId: id })
        ).map((each) => ({
          ...each,
          isLive: each.id === liveIndexVersionId,
          name: catalogs.length > 1 ? `${name} v${each.number}` : `v${each.number}`,
        })),
      ),
    )
  ).flat();
  const count = (task: string): number => models.filter((model) => model.task === task).length;
  return (
    <>
      <PageBar crumbs={[{ label: t('title') }]} />
      <div className="page">
        <h1>{t('finding', { embed: count('embed'), detect: count('detect') })}</h1>
        <p className="sub">{t('lead')}</p>
        <div className="scroll sec">
          <table className="rows narrow">
            <thead>
              <tr>
                <th>{t('title')}</th>
                <th>{t('task')}</th>
                <th>{t('output')}</th>
                <th>{t('usedBy')}</th>
                <th className="r">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {models.map((model) => {
                const used = versions.filter((each) =>
                  [each.embedModelId, each.detectModelId].includes(model.id),
                );
                const isLive = used.some((each) => each.isLive);
                const { manifest } = model;
                return (
                  <tr key={model.id}>
                    <td className="c-name">
                      <b>{model.modelId}</b>{' '}
                      {isLive && (
                        <span className="tag good">
                          <span className="pulse" style={{ margin: 0 }} />
                          {t('live')}
                        </span>
                      )}
                      <span className="t2 meta block">{t(model.builtin ? 'builtin' : 'own')}</span>
                    </td>
                    <td className="c-sub">{t(model.task)}</td>
                    <td className="c-num2">
                      {manifest.task === 'embed' ? t('dims', { count: manifest.output.dims }) : '—'}
                    </td>
                    <td className="t2 c-num">
                      {used.length > 0 ? (
                        <>
                          <span className="not-narrow">{used.map((each) => each.name).join(', ')}</span>
                          <span className="only-narrow">{t('inVersions', { count: used.length })}</span>
                        </>
                      ) : (
                        t('none')
                      )}
                    </td>
                    <td className="r mono t3 c-off">{model.sha256.slice(0, 12)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <section className="sec">
          <div className="head">
            <h2>{t('add')}</h2>
            <span className="t3 meta">{t('addNote')}</span>
          </div>
          <pre className="code" data-testid="add-model">
            npx likeness models add encoder.json
          </pre>
        </section>
      </div>
    </>
  );
}
