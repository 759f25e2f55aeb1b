import { ERRORS, type ErrorCode } from '@likeness/contracts/errors';
import { z } from 'zod';
import type { RouteDefinition } from './define-route.ts';
import { errorsOf } from './errors-of-route.ts';
import { routes } from './routes.ts';

let document: object | null = null;

/** OpenAPI 3.1 of REST v1, made from the routes themselves. */
export function openApiDocument(): object {
  document ??= {
    openapi: '3.1.0',
    info: {
      title: 'Likeness',
      version: '1',
      description: 'Visual product search: a photo in, the product out.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths: pathsOf(),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, `lks_…`.' } },
      schemas: { Error: errorSchema() },
    },
  };
  return document;
}

function pathsOf(): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = path;
  }
  return paths;
}

function operationOf(route: RouteDefinition): object {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/^\/v1/, '').replace(/[^A-Za-z]+(\w)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase())}`,
    summary: route.summary,
    'x-scope': route.scope,
    'x-rate-class': route.rate,
    'x-meter': route.meter,
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body ? { requestBody: { required: true, content: contentOf(route) } } : {}),
    responses: responsesOf(route),
  };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function contentOf(route: RouteDefinition): object {
  const schema = toSchema(route.body as z.ZodType, 'input') as { properties?: Record<string, object> };
  const files = route.accepts?.files ?? [];
  const content: Record<string, object> = {};
  if (files.length === 0) content['application/json'] = { schema };
  if (route.accepts?.multipart) {
    const parts = Object.fromEntries(files.map((name) => [name, { type: 'string', format: 'binary' }]));
    content['multipart/form-data'] = {
      schema: { ...schema, properties: { ...schema.properties, ...parts } },
    };
    if (schema && 'anyOf' in schema) content['application/json'] = { schema };
  }
  return content;
}

function responsesOf(route: RouteDefinition): Record<string, object> {
  const { status, schema, type = 'application/json' } = route.answer;
  const responses: Record<string, object> = {
    [status]: {
      description: 'done',
      content: { [type]: schema ? { schema: toSchema(schema, 'output') } : {} },
    },
  };
  const codes = errorsOf(route) as ErrorCode[];
  for (const code of codes) {
    const key = String(ERRORS[code].http);
    const description = codes.filter((each) => String(ERRORS[each].http) === key).join(', ');
    responses[key] = {
      description,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    };
  }
  return responses;
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.core.$ZodCustom)
        Object.assign(jsonSchema, { type: 'string', format: 'binary' });
      delete jsonSchema.id;
    },
  }) as { $schema?: string };
  return inlineDefinitions(rest);
}

/** zod puts recursive parts under `$defs` of each schema; references must then point into that schema. */
function inlineDefinitions(schema: object): object {
  const text = JSON.stringify(schema);
  if (!text.includes('"#/$defs/')) return schema;
  // A filter nests itself; one level of description is enough for a reader, the server checks the rest.
  return JSON.parse(text.replace(/\{"\$ref":"#\/\$defs\/[^"]+"\}/g, '{"type":"object"}')) as object;
}

function errorSchema(): object {
  const properties = {
    code: { type: 'string', enum: Object.keys(ERRORS) },
    message: { type: 'string' },
    hint: { type: 'string' },
    request_id: { type: 'string' },
  };
  return {
    type: 'object',
    required: ['error'],
    properties: { error: { type: 'object', required: Object.keys(properties), properties } },
  };
}
