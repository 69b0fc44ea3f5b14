import { redactText } from '../src/redact/redact-text.ts'

/** Characters of pasted output that are read: as many as the fields of the window take. */
const longest = 12_000

/** Output that a person pasted, in parts as the fields of a window hold it; secrets are taken out before it goes anywhere. */
export function pastedOutput(parts: readonly string[]): string {
  return redactText(parts.filter((part) => part !== '').join('\n')).slice(0, longest)
}
