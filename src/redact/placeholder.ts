/** What a secret was; the word in its placeholder. Stable: people search for it in threads and snapshots. */
export type SecretKind =
  | 'authorization'
  | 'code'
  | 'cookie'
  | 'key'
  | 'password'
  | 'private-key'
  | 'secret'
  | 'session'
  | 'signature'
  | 'token'

/** "<redacted:token>": holds no character that a URL, a quoted word or a log field would end at in a surprising place. */
export function placeholder(kind: SecretKind): string {
  return `<redacted:${kind}>`
}

const atPlaceholder = /<redacted:[a-z-]+>/y

/** Length of the placeholder that begins at `at`, or 0. */
export function placeholderAt(text: string, at: number): number {
  atPlaceholder.lastIndex = at
  return atPlaceholder.exec(text)?.[0].length ?? 0
}
