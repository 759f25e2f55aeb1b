import { type ModelManifest, modelManifestSchema } from '@likeness/contracts/model-manifest';
import type { ModelVersionModel } from '@likeness/db/generated/models/ModelVersion';
import type { ModelRef } from '../ports/vision.ts';

/** A model that a tenant may build with. */
export type ModelView = {
  id: string;
  modelId: string;
  task: 'embed' | 'detect';
  sha256: string;
  builtin: boolean;
  manifest: ModelManifest;
  createdAt: Date;
};

export function toModelView(row: ModelVersionModel): ModelView {
  const manifest = modelManifestSchema.parse(row.manifest);
  return {
    id: row.id,
    modelId: row.modelId,
    task: manifest.task,
    sha256: row.sha256,
    builtin: row.fileKey === null,
    manifest,
    createdAt: row.createdAt,
  };
}

export function toModelRef(row: ModelVersionModel): ModelRef {
  return { manifest: modelManifestSchema.parse(row.manifest), sha256: row.sha256, fileKey: row.fileKey };
}
