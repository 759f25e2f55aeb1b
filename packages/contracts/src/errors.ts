/**
 * The one table of error codes: code → HTTP status, tRPC code, default message and hint.
 * 5xx texts are constant; causes stay on the server. Localised texts are looked up by code in the console.
 */
export const ERRORS = {
  invalid_request: {
    http: 400,
    message: 'The request is not valid.',
    hint: 'Compare it with /v1/openapi.json.',
  },
  invalid_filter: {
    http: 400,
    message: 'The filter is not valid.',
    hint: 'Use {field:value}, {field:{in|gte|lte}}, and, or, not.',
  },
  invalid_box: {
    http: 400,
    message: 'The box is not valid.',
    hint: 'Send fractions x1,y1,x2,y2 of the upright image with x1<x2 and y1<y2.',
  },
  catalog_required: {
    http: 400,
    message: 'The tenant has several catalogs.',
    hint: 'Name one with "catalog".',
  },
  image_required: { http: 400, message: 'No image was given.', hint: 'Send image, image_id or product_id.' },
  invalid_manifest: {
    http: 400,
    message: 'The model manifest is not valid.',
    hint: 'Compare it with docs/models.md.',
  },
  invalid_csv: {
    http: 400,
    message: 'The table cannot be read.',
    hint: 'Send CSV with a header line in UTF-8, UTF-16 or GB18030.',
  },
  invalid_archive: {
    http: 400,
    message: 'The archive cannot be read.',
    hint: 'Send a ZIP without encryption, at most 50,000 entries.',
  },
  unauthenticated: {
    http: 401,
    message: 'Sign-in or an API key is needed.',
    hint: 'Send Authorization: Bearer KEY.',
  },
  invalid_key: {
    http: 401,
    message: 'The API key is not valid.',
    hint: 'Check that the whole key was copied.',
  },
  key_expired: { http: 401, message: 'The API key has expired.', hint: 'Make a new key.' },
  key_revoked: { http: 401, message: 'The API key was revoked.', hint: 'Make a new key.' },
  invalid_credentials: {
    http: 401,
    message: 'E-mail or password is wrong.',
    hint: 'Try again or reset the password.',
  },
  forbidden: { http: 403, message: 'You may not do this.', hint: 'Ask an owner of the workspace.' },
  insufficient_scope: {
    http: 403,
    message: 'The API key lacks a scope.',
    hint: 'Make a key with the scope named in the message.',
  },
  cross_site: {
    http: 403,
    message: 'The request came from another site.',
    hint: 'Call it from the console itself.',
  },
  not_found: {
    http: 404,
    message: 'Nothing is here under this id.',
    hint: 'Check the id, and that it belongs to this tenant.',
  },
  method_not_allowed: {
    http: 405,
    message: 'This address does not take this method.',
    hint: 'See /v1/openapi.json.',
  },
  last_owner: {
    http: 409,
    message: 'A workspace needs an owner.',
    hint: 'Make somebody else an owner first.',
  },
  conflict: {
    http: 409,
    message: 'This conflicts with what is there.',
    hint: 'Read the current state and try again.',
  },
  saved_already: {
    http: 409,
    message: 'This photo is in the test set already, with the same box and right product.',
    hint: 'Nothing was added.',
  },
  model_conflict: {
    http: 409,
    message: 'A model with this id and other bytes exists.',
    hint: 'Choose another id in the manifest.',
  },
  no_live_index: { http: 409, message: 'The catalog has no live index.', hint: 'Build one and promote it.' },
  job_running: {
    http: 409,
    message: 'A job of this kind is running already.',
    hint: 'Wait for it or cancel it.',
  },
  index_not_ready: {
    http: 409,
    message: 'The index version is not ready.',
    hint: 'Wait until its build is done.',
  },
  nothing_to_roll_back: {
    http: 409,
    message: 'There is no earlier version to go back to.',
    hint: 'Promote a version instead.',
  },
  upload_expired: {
    http: 410,
    message: 'The files of this import are deleted.',
    hint: 'Files of imports that ended early are kept for 7 days: send them again.',
  },
  image_expired: {
    http: 410,
    message: 'This query image is no longer kept.',
    hint: 'Upload the photo again.',
  },
  payload_too_large: {
    http: 413,
    message: 'The upload is too large.',
    hint: 'Send at most the number of bytes named in the message.',
  },
  unsupported_image: {
    http: 415,
    message: 'This is not a picture we can read.',
    hint: 'Send JPEG, PNG, WebP, AVIF or GIF. A HEIC photo of a phone is exported as JPEG, or taken as one (iPhone: Settings, Camera, Formats, Most Compatible).',
  },
  image_too_large: {
    http: 413,
    message: 'The picture has too many pixels.',
    hint: 'Send at most 50 megapixels.',
  },
  image_corrupt: { http: 422, message: 'The picture is damaged.', hint: 'Save it again and retry.' },
  image_timeout: {
    http: 422,
    message: 'The picture took too long to decode.',
    hint: 'Save it again as plain JPEG.',
  },
  engine_not_configured: {
    http: 422,
    message: 'This engine is not configured here.',
    hint: 'Use --engine embedded.',
  },
  model_rejected: {
    http: 422,
    message: 'The model file was refused.',
    hint: 'Check the hash, the operators and that it has no external data.',
  },
  rate_limited: { http: 429, message: 'Too many requests.', hint: 'Wait as long as Retry-After says.' },
  quota_exceeded: { http: 402, message: 'The quota is used up.', hint: 'Raise the plan or the cap.' },
  canceled: { http: 499, message: 'The caller has gone.', hint: 'Send the request again.' },
  internal: {
    http: 500,
    message: 'Something failed on our side.',
    hint: 'Try again; quote the request id if it stays.',
  },
  overloaded: { http: 503, message: 'We are full at the moment.', hint: 'Wait as long as Retry-After says.' },
  inference_unavailable: {
    http: 503,
    message: 'The model service does not answer.',
    hint: 'Try again shortly.',
  },
  engine_unavailable: { http: 503, message: 'The index engine does not answer.', hint: 'Try again shortly.' },
  database_unavailable: { http: 503, message: 'The database does not answer.', hint: 'Try again shortly.' },
  deadline_exceeded: {
    http: 503,
    message: 'The answer would have come too late.',
    hint: 'Try again shortly.',
  },
  storage_full: {
    http: 507,
    message: 'There is no room left to store this.',
    hint: 'Free space and try again; nothing was changed.',
  },
} as const satisfies Record<string, { http: number; message: string; hint: string }>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[];

export type ErrorDetails = { message?: string; hint?: string; cause?: unknown; retryAfterSeconds?: number };

const BRAND = Symbol.for('likeness.app-error');

/** The only error that verbs throw on purpose. Everything else is answered as `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryAfterSeconds: number | undefined;
  readonly [BRAND] = true;

  /** By brand: a bundler may load this module twice in one process, and either copy's error is one. */
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? ERRORS[code].message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = details.hint ?? ERRORS[code].hint;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  get status(): number {
    return ERRORS[this.code].http;
  }
}

export type ErrorBody = { error: { code: ErrorCode; message: string; hint: string; request_id: string } };

/** Wire form of any thrown value; unknown ones and 5xx answer with the constant text of their code. */
export function toErrorBody(error: unknown, requestId: string): { status: number; body: ErrorBody } {
  const known = error instanceof AppError ? error : new AppError('internal', { cause: error });
  const status = known.status;
  const constant = ERRORS[known.code];
  const body = {
    code: known.code,
    message: status >= 500 ? constant.message : known.message,
    hint: status >= 500 ? constant.hint : known.hint,
    request_id: requestId,
  };
  return { status, body: { error: body } };
}
