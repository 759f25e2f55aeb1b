/** An error that the command line reports by itself; `usage` exits 2, everything else 1. */
export class CliError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly requestId: string | null;

  constructor(code: string, message: string, hint = '', requestId: string | null = null) {
    super(message);
    this.name = 'CliError';
    this.code = code;
    this.hint = hint;
    this.requestId = requestId;
  }

  get exitCode(): 1 | 2 {
    return this.code === 'usage' ? 2 : 1;
  }

  toJSON(): { error: { code: string; message: string; hint: string; request_id: string | null } } {
    return { error: { code: this.code, message: this.message, hint: this.hint, request_id: this.requestId } };
  }
}
