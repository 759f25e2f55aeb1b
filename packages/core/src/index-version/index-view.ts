import type { IndexVersionModel } from '@likeness/db/generated/models/IndexVersion';

export type IndexVersionView = {
  id: string;
  catalogId: string;
  number: number;
  state: 'building' | 'ready' | 'failed' | 'retired';
  engine: string;
  embedModelId: string;
  detectModelId: string | null;
  products: number;
  images: number;
  failures: { image: string; code: string }[];
  seconds: number | null;
  jobId: string | null;
  createdAt: Date;
  readyAt: Date | null;
};

export function toIndexVersionView(row: IndexVersionModel): IndexVersionView {
  const {
    id,
    catalogId,
    number,
    engine,
    embedModelId,
    detectModelId,
    products,
    images,
    seconds,
    jobId,
    createdAt,
    readyAt,
  } = row;
  const state = row.state as IndexVersionView['state'];
  const failures = row.failures as IndexVersionView['failures'];
  return {
    id,
    catalogId,
    number,
    state,
    engine,
    embedModelId,
    detectModelId,
    products,
    images,
    failures,
    seconds,
    jobId,
    createdAt,
    readyAt,
  };
}
