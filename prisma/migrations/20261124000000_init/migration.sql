-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "catalogs" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "live_index_version_id" TEXT,
    "previous_index_version_id" TEXT,
    "promoted_at" TIMESTAMPTZ(3),
    "next_index_number" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalogs_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "products" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "catalog_id" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "category" TEXT,
    "price" DECIMAL(18,4),
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "products_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "images" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "catalog_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "variant_id" TEXT,
    "role" TEXT NOT NULL DEFAULT 'main',
    "position" INTEGER NOT NULL DEFAULT 0,
    "source_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "dhash" TEXT NOT NULL DEFAULT '',
    "color" TEXT NOT NULL DEFAULT '#cccccc',
    "original_key" TEXT NOT NULL,
    "display_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "images_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_rejects" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "catalog_id" TEXT NOT NULL,
    "line" INTEGER,
    "file" TEXT,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "import_rejects_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "test_sets" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "catalog_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_sets_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "test_queries" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "test_set_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "image" TEXT NOT NULL,
    "image_id" TEXT,
    "sha256" TEXT NOT NULL,
    "original_key" TEXT NOT NULL,
    "display_key" TEXT,
    "product_ids" TEXT[],
    "groups" TEXT[],
    "box" DOUBLE PRECISION[],

    CONSTRAINT "test_queries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "evaluations" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "catalog_id" TEXT NOT NULL,
    "test_set_id" TEXT NOT NULL,
    "index_version_id" TEXT NOT NULL,
    "crop" TEXT NOT NULL DEFAULT 'auto',
    "state" TEXT NOT NULL DEFAULT 'queued',
    "result" JSONB,
    "job_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "evaluations_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "evaluation_answers" (
    "tenant_id" TEXT NOT NULL,
    "evaluation_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "test_query_id" TEXT NOT NULL,
    "image" TEXT NOT NULL,
    "product_ids" TEXT[],
    "groups" TEXT[],
    "rank" INTEGER,
    "outcome" TEXT NOT NULL,
    "box" DOUBLE PRECISION[],
    "top" JSONB NOT NULL,
    "self_removed" INTEGER NOT NULL DEFAULT 0,
    "ms" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "evaluation_answers_pkey" PRIMARY KEY ("tenant_id","evaluation_id","ordinal")
);

-- CreateTable
CREATE TABLE "model_versions" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "file_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_versions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "embeddings" (
    "tenant_id" TEXT NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "image_id" TEXT NOT NULL,
    "recipe" TEXT NOT NULL,
    "box" DOUBLE PRECISION[],
    "dims" INTEGER NOT NULL,
    "vector" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "embeddings_pkey" PRIMARY KEY ("tenant_id","model_version_id","recipe","image_id")
) PARTITION BY LIST ("model_version_id");

-- CreateTable
CREATE TABLE "index_versions" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "catalog_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'building',
    "engine" TEXT NOT NULL DEFAULT 'embedded',
    "collection" TEXT NOT NULL,
    "embed_model_id" TEXT NOT NULL,
    "detect_model_id" TEXT,
    "recipe" TEXT NOT NULL,
    "crop_settings" JSONB NOT NULL,
    "products" INTEGER NOT NULL DEFAULT 0,
    "images" INTEGER NOT NULL DEFAULT 0,
    "failures" JSONB NOT NULL DEFAULT '[]',
    "checksum" TEXT,
    "seconds" DOUBLE PRECISION,
    "job_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),

    CONSTRAINT "index_versions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "jobs" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "payload" JSONB NOT NULL,
    "catalog_id" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL DEFAULT 3,
    "run_after" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "progress" JSONB NOT NULL DEFAULT '{}',
    "checkpoint" JSONB,
    "result" JSONB,
    "error" JSONB,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "dedupe_key" TEXT,
    "requested_by" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tenants" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "suspended_at" TIMESTAMPTZ(3),

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_accounts" (
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "user_accounts_pkey" PRIMARY KEY ("provider","provider_account_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempts" (
    "id" BIGSERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "tenant_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("tenant_id","user_id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT,
    "request_id" TEXT,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "hmac" TEXT NOT NULL,
    "pepper_version" INTEGER NOT NULL DEFAULT 1,
    "scopes" TEXT[],
    "rate_per_second" DOUBLE PRECISION NOT NULL DEFAULT 50,
    "burst" INTEGER NOT NULL DEFAULT 100,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "replaced_by_id" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "usage_events" (
    "tenant_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "meter" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "billable" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "key_id" TEXT,
    "catalog_id" TEXT,

    CONSTRAINT "usage_events_pkey" PRIMARY KEY ("tenant_id","request_id","meter")
);

-- CreateTable
CREATE TABLE "impressions" (
    "tenant_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "catalog_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "query_image_id" TEXT,
    "box" DOUBLE PRECISION[],
    "filter" JSONB,
    "index_version_id" TEXT,
    "model_version_id" TEXT,
    "products" JSONB NOT NULL,
    "timings" JSONB NOT NULL,

    CONSTRAINT "impressions_pkey" PRIMARY KEY ("tenant_id","request_id")
);

-- CreateTable
CREATE TABLE "search_events" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "search_events_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "query_images" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "original_key" TEXT NOT NULL,
    "display_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "query_images_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "catalogs_tenant_id_name_key" ON "catalogs"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "products_tenant_id_catalog_id_category_idx" ON "products"("tenant_id", "catalog_id", "category");

-- CreateIndex
CREATE UNIQUE INDEX "products_tenant_id_catalog_id_external_id_key" ON "products"("tenant_id", "catalog_id", "external_id");

-- CreateIndex
CREATE INDEX "images_tenant_id_catalog_id_sha256_idx" ON "images"("tenant_id", "catalog_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "images_tenant_id_product_id_source_name_key" ON "images"("tenant_id", "product_id", "source_name");

-- CreateIndex
CREATE INDEX "import_rejects_tenant_id_job_id_idx" ON "import_rejects"("tenant_id", "job_id");

-- CreateIndex
CREATE UNIQUE INDEX "test_sets_tenant_id_catalog_id_name_key" ON "test_sets"("tenant_id", "catalog_id", "name");

-- CreateIndex
CREATE INDEX "test_queries_tenant_id_test_set_id_ordinal_idx" ON "test_queries"("tenant_id", "test_set_id", "ordinal");

-- CreateIndex
CREATE INDEX "evaluations_tenant_id_catalog_id_created_at_idx" ON "evaluations"("tenant_id", "catalog_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "model_versions_tenant_id_model_id_key" ON "model_versions"("tenant_id", "model_id");

-- CreateIndex
CREATE UNIQUE INDEX "index_versions_tenant_id_catalog_id_number_key" ON "index_versions"("tenant_id", "catalog_id", "number");

-- CreateIndex
CREATE INDEX "jobs_tenant_id_state_created_at_idx" ON "jobs"("tenant_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "jobs_tenant_id_started_at_idx" ON "jobs"("tenant_id", "started_at");

-- CreateIndex
CREATE INDEX "jobs_state_run_after_idx" ON "jobs"("state", "run_after");

-- CreateIndex
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_attempts_email_at_idx" ON "sign_in_attempts"("email", "at");

-- CreateIndex
CREATE INDEX "sign_in_attempts_address_at_idx" ON "sign_in_attempts"("address", "at");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE INDEX "audit_entries_tenant_id_at_idx" ON "audit_entries"("tenant_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_tenant_id_seq_key" ON "audit_entries"("tenant_id", "seq");

-- CreateIndex
CREATE INDEX "api_keys_hmac_idx" ON "api_keys"("hmac");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_tenant_id_hmac_key" ON "api_keys"("tenant_id", "hmac");

-- CreateIndex
CREATE INDEX "usage_events_tenant_id_at_idx" ON "usage_events"("tenant_id", "at");

-- CreateIndex
CREATE INDEX "impressions_tenant_id_at_idx" ON "impressions"("tenant_id", "at");

-- CreateIndex
CREATE INDEX "search_events_tenant_id_at_idx" ON "search_events"("tenant_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "search_events_tenant_id_request_id_type_product_id_position_key" ON "search_events"("tenant_id", "request_id", "type", "product_id", "position");

-- CreateIndex
CREATE INDEX "query_images_tenant_id_expires_at_idx" ON "query_images"("tenant_id", "expires_at");

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_tenant_id_catalog_id_fkey" FOREIGN KEY ("tenant_id", "catalog_id") REFERENCES "catalogs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "images" ADD CONSTRAINT "images_tenant_id_catalog_id_fkey" FOREIGN KEY ("tenant_id", "catalog_id") REFERENCES "catalogs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "images" ADD CONSTRAINT "images_tenant_id_product_id_fkey" FOREIGN KEY ("tenant_id", "product_id") REFERENCES "products"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_queries" ADD CONSTRAINT "test_queries_tenant_id_test_set_id_fkey" FOREIGN KEY ("tenant_id", "test_set_id") REFERENCES "test_sets"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "index_versions" ADD CONSTRAINT "index_versions_tenant_id_catalog_id_fkey" FOREIGN KEY ("tenant_id", "catalog_id") REFERENCES "catalogs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;


