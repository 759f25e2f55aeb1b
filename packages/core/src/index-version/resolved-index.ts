import { modelManifestSchema } from '@likeness/contracts/model-manifest';
import type { ModelRef } from '../ports/vision.ts';
import type { CropRecipe } from './crop-recipe.ts';

/** An index version with everything that a search or a write of it needs; its model is never mixed with another's. */
export type ResolvedIndex = {
  id: string;
  number: number;
  catalogId: string;
  catalogName: string;
  engine: string;
  collection: string;
  recipe: string;
  crop: CropRecipe;
  embedModelId: string;
  embedModel: ModelRef;
  detectModel: ModelRef | null;
};

export type ResolvedIndexRow = {
  id: string;
  number: number;
  catalog_id: string;
  catalog_name: string;
  engine: string;
  collection: string;
  recipe: string;
  crop_settings: CropRecipe;
  embed_id: string;
  embed_manifest: unknown;
  embed_sha256: string;
  embed_file: string | null;
  detect_manifest: unknown;
  detect_sha256: string | null;
  detect_file: string | null;
};

export function toResolvedIndex(row: ResolvedIndexRow): ResolvedIndex {
  const detectModel = row.detect_sha256
    ? {
        manifest: modelManifestSchema.parse(row.detect_manifest),
        sha256: row.detect_sha256,
        fileKey: row.detect_file,
      }
    : null;
  return {
    id: row.id,
    number: row.number,
    catalogId: row.catalog_id,
    catalogName: row.catalog_name,
    engine: row.engine,
    collection: row.collection,
    recipe: row.recipe,
    crop: row.crop_settings,
    embedModelId: row.embed_id,
    embedModel: {
      manifest: modelManifestSchema.parse(row.embed_manifest),
      sha256: row.embed_sha256,
      fileKey: row.embed_file,
    },
    detectModel,
  };
}
