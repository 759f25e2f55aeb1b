/** The zone that the browser said to be in; UTC until it has, and where it names none that is known here. */
export function chooseTimeZone(said: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: said || 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
