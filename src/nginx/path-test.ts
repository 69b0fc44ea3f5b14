/** Variables that hold the path of a request that nothing has rewritten; `$request_uri` too, where it has no arguments. */
const PATH_VARIABLES = new Set(['uri', 'document_uri', 'request_uri'])

/** Letters, escaped dots, alternatives: without repetitions such an expression means the same to PCRE and here, and cannot take long. */
const SIMPLE = /^(?:[\w/ ~@%,;=-]|\\[./_-]|\(\?:|[()|^$.])*$/

/**
 * Whether the test of an `if` holds for a request with this path: `($uri !~ ^/_work/)`, `($request_uri = "/health")`. Null for a test of
 * anything else, or with an expression that is not simple.
 */
export function pathTest(text: string, path: string): boolean | null {
  const bare = text
    .replace(/^\(\s*/, '')
    .replace(/\s*\)$/, '')
    .trim()
  const found = /^\$(?<name>\w+)\s+(?<operator>!?(?:=|~\*?))\s+(?<operand>.+)$/.exec(bare)?.groups
  if (!found || !PATH_VARIABLES.has(found['name'] ?? '')) return null
  const operator = found['operator'] ?? ''
  const operand = (found['operand'] ?? '').replace(/^(["'])(.*)\1$/, '$2')
  const negated = operator.startsWith('!')
  if (operator.endsWith('=')) return operand.includes('$') ? null : (operand === path) !== negated
  const expression = SIMPLE.test(operand) ? compiled(operand, operator.endsWith('*')) : null
  return expression === null ? null : expression.test(path) !== negated
}

function compiled(source: string, anyCase: boolean): RegExp | null {
  try {
    return new RegExp(source, anyCase ? 'i' : '')
  } catch {
    return null
  }
}
