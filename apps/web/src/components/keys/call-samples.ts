export const LANGUAGES = ['curl', 'TypeScript', 'Python'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A word that a shell takes as it is, whatever a shop calls its catalog. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** One search of `catalog` by the photo photo.jpg; the key is the variable LIKENESS_API_KEY. */
export function callSamples(url: string, catalog: string): Record<Language, string> {
  return {
    curl: `curl ${url}/v1/search \\
  -H "Authorization: Bearer $LIKENESS_API_KEY" \\
  -F image=@photo.jpg \\
  --form-string catalog=${shellQuoted(catalog)} \\
  -F limit=5`,
    TypeScript: `import { readFile } from 'node:fs/promises';

const form = new FormData();
form.set('image', new Blob([await readFile('photo.jpg')]), 'photo.jpg');
form.set('catalog', ${JSON.stringify(catalog)});
form.set('limit', '5');
const response = await fetch('${url}/v1/search', {
  method: 'POST',
  headers: { authorization: \`Bearer \${process.env.LIKENESS_API_KEY}\` },
  body: form,
});
const answer = await response.json();
if (!response.ok) throw new Error(\`\${answer.error.code}: \${answer.error.message}\`);
for (const { rank, product_id, title } of answer.results) console.log(rank, product_id, title);`,
    Python: `import os, requests

response = requests.post(
    "${url}/v1/search",
    headers={"Authorization": f"Bearer {os.environ['LIKENESS_API_KEY']}"},
    files={"image": open("photo.jpg", "rb")},
    data={"catalog": ${JSON.stringify(catalog)}, "limit": 5},
)
response.raise_for_status()
for hit in response.json()["results"]:
    print(hit["rank"], hit["product_id"], hit["title"])`,
  };
}
