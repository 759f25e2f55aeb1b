import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';

type Operation = {
  requestBody?: { content: Record<string, { schema: { properties: Record<string, object> } }> };
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};
const document = openApiDocument() as Document;

describe('the OpenAPI document', () => {
  it('has no reference that leads nowhere, and no definitions beside its components', () => {
    const text = JSON.stringify(document);
    const targets = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target as string);
    expect(targets.length).toBeGreaterThan(20);
    const nowhere = targets.filter(
      (target) => !(target.replace('#/components/schemas/', '') in document.components.schemas),
    );
    expect(nowhere).toEqual([]);
    expect(text).not.toContain('$defs');
  });

  it('describes the photo as base64 in JSON and as bytes in a form', () => {
    const content = document.paths['/v1/search']?.post?.requestBody?.content ?? {};
    expect(content['application/json']?.schema.properties.image).toMatchObject({ contentEncoding: 'base64' });
    expect(content['multipart/form-data']?.schema.properties.image).toMatchObject({ format: 'binary' });
  });
});
