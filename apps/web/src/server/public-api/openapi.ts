import { ERRORS, type ErrorCode } from '@likeness/contracts/errors';
import { z } from 'zod';
import type { RouteDefinition } from './define-route.ts';
import { errorsOf } from './errors-of-route.ts';
import { routes } from './routes.ts';

let document: object | null = null;

/** OpenAPI 3.1 of REST v1, made from the routes themselves. */
export function openApiDocument(): object {
  document ??= describe();
  return document;
}

type Named = Record<string, object>;

function describe(): object {
  const named: Named = { Error: errorSchema() };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Likeness',
      version: '1',
      description: 'Visual product search: a photo in, the product out.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths: pathsOf(named),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, `lks_…`.' } },
      schemas: named,
    },
  };
}

function pathsOf(named: Named): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operationOf(route, named);
    paths[route.path] = path;
  }
  return paths;
}

function operationOf(route: RouteDefinition, named: Named): object {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/^\/v1/, '').replace(/[^A-Za-z]+(\w)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase())}`,
    summary: route.summary,
    'x-scope': route.scope,
    'x-rate-class': route.rate,
    'x-meter': route.meter,
    parameters: [
      ...parametersOf(route.params, { place: 'path', named }),
      ...parametersOf(route.query, { place: 'query', named }),
    ],
    ...(route.body ? { requestBody: { required: true, content: contentOf(route, named) } } : {}),
    responses: responsesOf(route, named),
  };
}

function parametersOf(
  schema: z.ZodType | undefined,
  { place, named }: { place: 'path' | 'query'; named: Named },
): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, { io: 'input', named }) as {
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

function contentOf(route: RouteDefinition, named: Named): object {
  const schema = toSchema(route.body as z.ZodType, { io: 'input', named }) as {
    properties?: Record<string, object>;
  };
  const files = route.accepts?.files ?? [];
  const content: Record<string, object> = {};
  if (files.length === 0) content['application/json'] = { schema };
  if (route.accepts?.multipart) {
    const parts = Object.fromEntries(files.map((name) => [name, { type: 'string', format: 'binary' }]));
    content['multipart/form-data'] = {
      schema: { ...schema, properties: { ...formFieldsOf(schema.properties ?? {}), ...parts } },
    };
    if (schema && 'anyOf' in schema) content['application/json'] = { schema };
  }
  return content;
}

/** The same fields as parts of a form: files are bytes, a box or point is `a,b,…`, whatever nests is JSON. */
function formFieldsOf(properties: Record<string, object>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const { type, contentEncoding, ...rest } = property as { type?: string; contentEncoding?: string };
      if (contentEncoding) return [name, { ...rest, type: 'string', format: 'binary' }];
      if (name === 'box' || name === 'point')
        return [
          name,
          { type: 'string', description: 'Numbers with commas between, fractions of the image.' },
        ];
      const nests = type === undefined || type === 'array' || type === 'object';
      return [name, nests ? { type: 'string', contentMediaType: 'application/json' } : property];
    }),
  );
}

function responsesOf(route: RouteDefinition, named: Named): Record<string, object> {
  const { status, schema, type = 'application/json' } = route.answer;
  const responses: Record<string, object> = {
    [status]: {
      description: 'done',
      content: { [type]: schema ? { schema: toSchema(schema, { io: 'output', named }) } : {} },
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

/** A schema whose named parts (zod's `meta({ id })`, and what nests itself) lie among the document's components. */
function toSchema(schema: z.ZodType, how: { io: 'input' | 'output'; named: Named }): object {
  const {
    $schema: _dialect,
    $defs: parts = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io: how.io,
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema, path }) => {
      if (zodSchema instanceof z.core.$ZodCustom)
        Object.assign(jsonSchema, { type: 'string', contentEncoding: 'base64' });
      if (path.length > 0) delete jsonSchema.id;
    },
  }) as { $schema?: string; $defs?: Record<string, object> };
  const moved = <T extends object>(part: T): T => {
    const { id: _id, ...body } = part as T & { id?: string };
    return JSON.parse(JSON.stringify(body).replaceAll('"#/$defs/', '"#/components/schemas/')) as T;
  };
  for (const [name, part] of Object.entries(parts)) how.named[name] ??= moved(part);
  return moved(rest);
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
