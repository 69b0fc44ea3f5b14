/** What travels in Slack's bodies: any JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json | undefined
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

/** The text at this key, or '' when there is none: Slack treats an empty argument like a missing one. */
export function textAt(from: Json | undefined, key: string): string {
  const value = isObject(from) ? from[key] : undefined
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : ''
}

export function listAt(from: Json | undefined, key: string): readonly Json[] {
  const value = isObject(from) ? from[key] : undefined
  return isList(value) ? value : []
}

export function objectAt(from: Json | undefined, key: string): JsonObject {
  const value = isObject(from) ? from[key] : undefined
  return isObject(value) ? value : {}
}

/** Form-encoded bodies say "true" and "1" where JSON ones say true. */
export function flagAt(from: Json | undefined, key: string): boolean {
  return ['true', '1'].includes(textAt(from, key))
}

/** Parsed JSON, or undefined when the text is none. */
export function parseJson(text: string): Json | undefined {
  try {
    // JSON.parse gives JSON and nothing else: the border between unknown and Json.
    const parsed: Json = JSON.parse(text)
    return parsed
  } catch {
    // Callers turn this into Slack's own error (invalid_json, invalid_blocks_format).
    return undefined
  }
}
