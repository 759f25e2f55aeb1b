/** Sends a form to a route of the console; a refusal is thrown as the `{code,message,hint}` of the error table. */
export async function postForm<T>(url: string, form: FormData): Promise<T> {
  const response = await fetch(url, { method: 'POST', body: form }).catch(() => null);
  if (!response) throw { code: 'offline' };
  const body = (await response.json().catch(() => null)) as { error?: { code: string } } | null;
  if (!response.ok) throw body?.error ?? { code: 'generic' };
  return body as T;
}
