/** What tests read of the program's own OpenAPI document. */
export interface Described {
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, Schema> }
}
export interface Schema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  pattern?: string
  format?: string
  minimum?: number
  exclusiveMinimum?: number
}
export interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

const schemaOf = (document: Described, schema: Schema): Schema =>
  schema.$ref ? (document.components.schemas[schema.$ref.split('/').at(-1) as string] as Schema) : schema

/** A value that a schema would take, as far as it can be guessed. */
export function fitting(document: Described, given: Schema, depth = 0): unknown {
  const schema = schemaOf(document, given)
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return fitting(document, schema.anyOf[0] as Schema, depth)
  if (type === 'object' || schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, one]) => [
        key,
        depth > 4 ? null : fitting(document, one, depth + 1),
      ]),
    )
  if (type === 'array') return schema.items && depth < 4 ? [fitting(document, schema.items, depth + 1)] : []
  if (type === 'integer' || type === 'number') return 1
  if (type === 'boolean') return false
  if (schema.format === 'date') return '2017-01-01'
  if (schema.pattern?.includes('A-Z')) return 'CNY'
  return schema.pattern ? '1' : '示例'
}

/** A path with its placeholders and needed query filled, and a body that the schema takes, for one declared route. */
export function callOf(
  document: Described,
  path: string,
  method: string,
  fill: (path: string) => string,
): { path: string; body?: unknown } {
  const { parameters = [], requestBody } = (document.paths[path] as Record<string, Operation>)[
    method
  ] as Operation
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(fitting(document, schema)))}`)
  const schema = requestBody?.content['application/json']?.schema
  return {
    path: `${fill(path)}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    ...(schema ? { body: fitting(document, schema) } : {}),
  }
}
